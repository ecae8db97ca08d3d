import {
  EVIDENCE_FACTS,
  getEvidence,
  readEvidenceItem,
  type StoredEvidence
} from '../../ledger/evidence-item.ts'
import { imagesOf, type Gate } from '../../ledger/gate.ts'
import { serviceOf, type EvidenceFacts, type ImageFacts } from '../../ledger/gate-facts.ts'
import { noteEvidence, readAgain, reject } from '../../ledger/gates.ts'
import { nobody } from '../decide/reasons.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { say, speaking } from '../../words/say.ts'

/**
 * Reads from the ledger what has been measured since the gate opened, and notes
 * it in the gate. If required evidence has failed, or could not be measured, the
 * gate is rejected without a person. Advisory evidence is only shown.
 * Errors: those of the ledger.
 */
export function gatherEvidence(
  platform: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  // What speaks against a release becomes the reason on record, in the policy's language.
  return speaking(policy?.language ?? 'en', () => gather(platform, gate, policy))
}

async function gather(
  { table, clock, log }: Platform,
  gate: Gate,
  policy: Policy | undefined
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const evidence = await arrived({ table, log }, gate)
  let current = gate
  if (evidence.some((each, index) => each !== gate.evidence[index])) {
    current = (await noteEvidence(table, gate, evidence)) ?? (await readAgain(table, gate))
  }
  const against = speaksAgainst(current)
  if (current.state !== 'PENDING' || against.length === 0) return current
  const reason = against.map(({ name, summary }) => `${name}: ${summary}`).join('; ')
  log('info', 'rejected by evidence', { gate: gate.facts.id, names: against.length })
  return (
    (await reject(
      table,
      current,
      nobody(clock.now(), reason.slice(0, 2_000).toWellFormed(), policy)
    )) ?? (await readAgain(table, gate))
  )
}

/** Pieces that are read at once. */
const AT_ONCE = 10
/**
 * Characters of all pieces that are read at once. CI can write 400 KB in the place of each, and a
 * click waits for them, so reading ends after those that go beyond this; the rest stays pending.
 * 200 pieces with the longest summaries are below it.
 */
const MOST_READ = 500_000

/** Returns the gate's evidence with what has arrived of it. Errors: those of the ledger. */
async function arrived(
  { table, log }: Pick<Platform, 'table' | 'log'>,
  gate: Gate
): Promise<readonly EvidenceFacts[]> {
  const { facts, evidence } = gate
  const { releaseId } = facts
  const pending = evidence.filter(({ verdict }) => verdict === 'pending')
  const found = new Map<EvidenceFacts, EvidenceFacts>()
  let read = 0
  for (let first = 0; first < pending.length; first += AT_ONCE) {
    if (read > MOST_READ) {
      log('warn', 'too much evidence to read', { gate: facts.id, left: pending.length - first })
      break
    }
    const some = pending.slice(first, first + AT_ONCE)
    const items = await Promise.all(
      some.map(({ name }) => getEvidence(table, serviceOf(facts), releaseId, name, EVIDENCE_FACTS))
    )
    for (const [index, known] of some.entries()) {
      const item = items[index]
      read += lengthOf(item?.['evidence'])
      const stored = item && readEvidenceItem(item, releaseId)
      if (!stored) continue
      // The release announced whether it is required; the stored item cannot change that.
      const { name, required } = known
      found.set(known, { ...ofRunning(stored, imagesOf(gate)), name, required })
    }
  }
  return evidence.map((known) => found.get(known) ?? known)
}

function lengthOf(text: unknown): number {
  return typeof text === 'string' ? text.length : 0
}

/**
 * Returns the required evidence that rejects the gate. It may stand in a gate that is still open,
 * because noting it and rejecting the gate are two writes.
 */
export function speaksAgainst({ evidence }: Gate): readonly EvidenceFacts[] {
  return evidence.filter(
    ({ required, verdict }) => required && (verdict === 'failed' || verdict === 'unknown')
  )
}

/** Returns the required evidence that has not arrived yet. */
export function outstanding({ evidence }: Gate): readonly EvidenceFacts[] {
  return evidence.filter(({ required, verdict }) => required && verdict === 'pending')
}

export function namesOf(evidence: readonly EvidenceFacts[]): readonly string[] {
  return evidence.map(({ name }) => name)
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
    return {
      ...facts,
      verdict: 'unknown',
      summary: say`green runs ${container} ${shown}${rest}`
    }
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
export function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12)
}
