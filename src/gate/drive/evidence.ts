import { evidenceKey, readEvidenceItem } from '../../ledger/evidence-item.ts'
import type { EvidenceFacts, Gate } from '../../ledger/gate.ts'
import { findGate, noteEvidence, reject } from '../../ledger/gates.ts'
import { serviceId } from '../../ledger/keys.ts'
import { nobody } from '../decide/closing.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { ofRunning } from './evidence-images.ts'

/**
 * Takes in what has been measured since the gate opened. Required evidence that
 * has failed, or that could not be had, rejects the gate by itself: nobody has
 * to notice. Advisory evidence is only shown.
 * Errors: those of the ledger.
 */
export async function gatherEvidence(
  { table, clock, log }: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const { deploymentId, cluster, service, release } = gate.facts
  const evidence = await Promise.all(
    gate.evidence.map(async (known): Promise<EvidenceFacts> => {
      if (known.verdict !== 'pending') return known
      const item = await table.get(
        evidenceKey(serviceId(cluster, service), deploymentId, known.name)
      )
      const found = item && readEvidenceItem(item, deploymentId)
      // What was announced as required stays so, whatever comes under its name.
      if (!found) return known
      return { ...ofRunning(found, release.images), name: known.name, required: known.required }
    })
  )
  let current = gate
  if (evidence.some((each, index) => each !== gate.evidence[index])) {
    current = (await noteEvidence(table, gate, evidence)) ?? (await again(gate))
  }
  const against = speaksAgainst(current.evidence)
  if (current.state !== 'PENDING' || against.length === 0) return current
  const reason = against.map(({ name, summary }) => `${name}: ${summary}`).join('; ')
  log('info', 'rejected by evidence', { gate: gate.facts.id, names: against.length })
  return (
    (await reject(table, current, nobody(clock.now(), reason.slice(0, 2_000), policy))) ??
    (await again(gate))
  )

  async function again({ facts }: Gate): Promise<Gate> {
    const found = await findGate(table, facts.id)
    if (!found) throw new Error(`gate ${facts.id} is gone`)
    return found
  }
}

/** Required evidence with which nobody may say yes any more. */
function speaksAgainst(evidence: readonly EvidenceFacts[]): readonly EvidenceFacts[] {
  return evidence.filter(
    ({ required, verdict }) => required && (verdict === 'failed' || verdict === 'unknown')
  )
}

/** Names of required evidence that is not there yet. */
export function outstanding({ evidence }: Gate): readonly string[] {
  return evidence
    .filter(({ required, verdict }) => required && verdict === 'pending')
    .map(({ name }) => name)
}
