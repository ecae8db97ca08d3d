import { evidenceKey, readEvidenceItem, type StoredEvidence } from '../../ledger/evidence-item.ts'
import { serviceOf, type EvidenceFacts, type Gate, type ImageFacts } from '../../ledger/gate.ts'
import { noteEvidence, readAgain, reject } from '../../ledger/gates.ts'
import { nobody } from '../decide/reasons.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { say } from '../../words/say.ts'

/**
 * Reads from the ledger what has been measured since the gate opened, and notes
 * it in the gate. If required evidence has failed, or could not be measured, the
 * gate is rejected without a person. Advisory evidence is only shown.
 * Errors: those of the ledger.
 */
export async function gatherEvidence(
  { table, clock, log }: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const { releaseId, release } = gate.facts
  const evidence = await Promise.all(
    gate.evidence.map(async (known): Promise<EvidenceFacts> => {
      if (known.verdict !== 'pending') return known
      const item = await table.get(evidenceKey(serviceOf(gate.facts), releaseId, known.name))
      const found = item && readEvidenceItem(item, releaseId)
      // The release announced whether it is required; the stored item cannot change that.
      if (!found) return known
      return { ...ofRunning(found, release.images), name: known.name, required: known.required }
    })
  )
  let current = gate
  if (evidence.some((each, index) => each !== gate.evidence[index])) {
    current = (await noteEvidence(table, gate, evidence)) ?? (await readAgain(table, gate))
  }
  const against = speaksAgainst(current.evidence)
  if (current.state !== 'PENDING' || against.length === 0) return current
  const reason = against.map(({ name, summary }) => `${name}: ${summary}`).join('; ')
  log('info', 'rejected by evidence', { gate: gate.facts.id, names: against.length })
  return (
    (await reject(table, current, nobody(clock.now(), reason.slice(0, 2_000), policy))) ??
    (await readAgain(table, gate))
  )
}

/** Returns the required evidence that rejects the gate. */
function speaksAgainst(evidence: readonly EvidenceFacts[]): readonly EvidenceFacts[] {
  return evidence.filter(
    ({ required, verdict }) => required && (verdict === 'failed' || verdict === 'unknown')
  )
}

/** Returns the names of the required evidence that has not arrived yet. */
export function outstanding({ evidence }: Gate): readonly string[] {
  return evidence
    .filter(({ required, verdict }) => required && verdict === 'pending')
    .map(({ name }) => name)
}

/**
 * Returns the evidence as it counts for the images that green runs. If green's tasks
 * run different images, no evidence is known to be of all of them, and if it was
 * measured on another image than they run, it is of none: its verdict is `unknown`.
 * If a container's digest is not known on one of the two sides, the evidence counts.
 */
export function ofRunning(
  { images, ...facts }: StoredEvidence,
  running: readonly Pick<ImageFacts, 'container' | 'digest'>[]
): EvidenceFacts {
  for (const container of new Set(running.map((each) => each.container))) {
    const own = running.filter((each) => each.container === container)
    const known = own.flatMap(({ digest }) => digest ?? [])
    if (own.length < 2 || known.length === 0) continue
    const shown = known.map(short).join(', ')
    const rest = known.length < own.length ? say`, and tasks that do not say` : ''
    return { ...facts, verdict: 'unknown', summary: say`green runs ${container} ${shown}${rest}` }
  }
  for (const { container, digest } of running) {
    const other = images.find((image) => image.container === container && image.digest !== digest)
    if (digest === undefined || !other) continue
    const summary = say`asked of ${container} ${short(other.digest)}, while green runs ${short(digest)}`
    return { ...facts, verdict: 'unknown', summary }
  }
  return facts
}

/** Returns enough digits for people to tell images apart. */
function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
