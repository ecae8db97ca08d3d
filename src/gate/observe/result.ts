import { canonical } from '../../ledger/canonical.ts'
import { evidenceItem, evidenceKey, LONGEST_DETAIL } from '../../ledger/evidence-item.ts'
import type { Segment } from '../../ledger/availability-segments.ts'
import { expiryOf } from '../../ledger/ttl.ts'
import type { AvailabilityEvidence } from '../../release/evidence.ts'
import { evidenceOf } from '../../verification/availability/judge.ts'
import { mergeParts, type Part } from '../../verification/availability/part.ts'
import { partText, readPartText } from '../../verification/availability/part-text.ts'
import { askedOf } from '../../verification/availability/production.ts'
import type { Observed } from './release.ts'
import { count } from '../../release/report-words.ts'
import type { ObservePlatform } from './platform.ts'
import { say } from '../../words/say.ts'

/** What one invocation has measured, and which requests of the schedule these were. */
export interface Measured {
  readonly part: Part
  /** Number of its first request. */
  readonly first: number
  /** Number of the first request that it left to the next invocation. */
  readonly next: number
}

/** Everything measured so far. `lost` says what is missing in it, and why. */
export interface Whole extends Omit<Segment, 'part'> {
  readonly part: Part
}

/** An outage that no request can notice may be as long as a window of the limits. */
const LONGEST_GAP_MS = 10_000

/** Adds what this invocation has measured to `before`, which is undefined if it is the first, or if the one before stored nothing. */
export function wholeOf(before: Segment | undefined, isFirst: boolean, mine: Measured): Whole {
  const part = before && readPartText(before.part)
  if (!before || !part) {
    const lost = isFirst ? '' : say`what was measured before ${timeOf(mine.part.startedAt)} is lost`
    // An invocation that is retried after a crash does not begin with the first request.
    return { part: mine.part, next: mine.next, missed: isFirst ? mine.first : 0, lost }
  }
  return {
    part: mergeParts(part, mine.part),
    next: mine.next,
    missed: before.missed + Math.max(0, mine.first - before.next),
    lost: before.lost
  }
}

/** Returns it as the ledger keeps it. Errors: RangeError if it is too long. */
export function keptAs({ part, ...rest }: Whole): Segment {
  return { ...rest, part: partText(part) }
}

/** Makes evidence of it. If something is missing, the verdict is not `passed`. */
export function resultOf({ availability }: Observed, whole: Whole): AvailabilityEvidence {
  const asked = askedOf(availability)
  const evidence = evidenceOf(asked, whole.part)
  const gapMs = (whole.missed * 1000) / availability.rate
  const notes = [
    ...(whole.missed > 0
      ? [say`${count(whole.missed)} not sent, between two functions (${seconds(gapMs)} in all)`]
      : []),
    ...(whole.lost === '' ? [] : [whole.lost])
  ]
  const uncertain = whole.lost !== '' || gapMs > LONGEST_GAP_MS
  return {
    ...evidence,
    summary: [evidence.summary, ...notes].join('; '),
    verdict: uncertain && evidence.verdict === 'passed' ? 'unknown' : evidence.verdict
  }
}

/** Writes the evidence for the gate and the job, unless it is there already. Errors: those of the table. */
export async function writeResult(
  { table, clock }: Pick<ObservePlatform, 'table' | 'clock'>,
  { service, deploymentId, file }: Observed,
  evidence: AvailabilityEvidence
): Promise<void> {
  const item = evidenceItem(service, deploymentId, thinned(evidence), file, 'function')
  await table.create({ ...item, ttl: expiryOf(clock.now()) })
}

/** Whether the evidence has been written. Errors: those of the table. */
export async function isWritten(
  { table }: Pick<ObservePlatform, 'table'>,
  { service, deploymentId, availability }: Observed
): Promise<boolean> {
  const { name } = askedOf(availability)
  const key = evidenceKey(service, deploymentId, name, 'function')
  return (await table.get(key)) !== undefined
}

/** Merges seconds until the details are short enough to be stored. */
function thinned(evidence: AvailabilityEvidence): AvailabilityEvidence {
  let { seconds } = evidence
  while (
    seconds.length > 1 &&
    Buffer.byteLength(canonical({ ...evidence, seconds })) > LONGEST_DETAIL
  ) {
    seconds = seconds.flatMap((one, index) => {
      if (index % 2 === 1) return []
      const other = seconds[index + 1]
      if (!other) return [one]
      const byVersion = new Map(Object.entries(one.byVersion))
      for (const [version, total] of Object.entries(other.byVersion)) {
        byVersion.set(version, (byVersion.get(version) ?? 0) + total)
      }
      return [
        {
          at: one.at,
          total: one.total + other.total,
          failed: one.failed + other.failed,
          slowestMs: Math.max(one.slowestMs, other.slowestMs),
          byVersion: Object.fromEntries(byVersion)
        }
      ]
    })
  }
  return { ...evidence, seconds }
}

export function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`
}

function seconds(ms: number): string {
  return say`${Number((ms / 1000).toPrecision(2))} s`
}
