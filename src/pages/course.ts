import type { AvailabilityEvidence } from '../release/evidence.ts'
import { isTime, milestones } from '../release/milestones.ts'
import type { DeploymentReport, Report } from '../release/report.ts'
import type { Stage } from '../release/snapshot.ts'
import { say } from '../words/say.ts'

/** A part of the time of a release, in milliseconds since the epoch. */
export interface Span {
  readonly from: number
  readonly until: number
}

/**
 * The time axis of the whole release, the same on report and summary; undefined if there was
 * no deployment.
 */
export function wholeSpan(report: Report): Span | undefined {
  if (report.deployment === undefined) return undefined
  const times = [
    report.startedAt,
    report.endedAt,
    ...milestones(report).map(({ at }) => at),
    ...availabilities(report).flatMap(({ startedAt, endedAt }) => [startedAt, endedAt])
  ].filter(isTime)
  const span = { from: Math.min(...times), until: Math.max(...times) }
  return span.until > span.from ? span : undefined
}

export function availabilities({ evidence }: Report): AvailabilityEvidence[] {
  return evidence.filter((each) => each.section === 'availability')
}

export type PhaseName = 'install' | 'test' | 'gate' | 'shift' | 'after' | 'rollback'

/** One phase of the release, made from the control plane's steps. */
export interface Phase extends Span {
  readonly name: PhaseName
  readonly hasFailed: boolean
}

const PHASE_OF: Readonly<Record<Stage, PhaseName>> = {
  install: 'install',
  'test-traffic': 'test',
  verify: 'test',
  gate: 'gate',
  shift: 'shift',
  'after-shift': 'after',
  bake: 'after',
  cleanup: 'after'
}

/** The phases in the order of time. Steps that follow each other in one phase are one. */
export function phasesOf(report: Report): readonly Phase[] {
  const { deployment, rollbackDeployment } = report
  const own = deployment ? stepPhases(deployment, report.endedAt) : []
  const back = rollbackDeployment ? rollbackPhase(rollbackDeployment, report.endedAt) : []
  return [...own, ...back]
}

function stepPhases({ steps }: DeploymentReport, now: number): Phase[] {
  const found: Phase[] = []
  for (const { stage, startedAt, endedAt, status } of steps) {
    if (stage === undefined || startedAt === undefined || !isTime(startedAt)) continue
    const until = Math.max(startedAt, endedAt ?? now)
    const next = { name: PHASE_OF[stage], from: startedAt, until, hasFailed: status === 'Failed' }
    const last = found.at(-1)
    if (last?.name === next.name) {
      found[found.length - 1] = {
        ...last,
        until,
        hasFailed: last.hasFailed || next.hasFailed
      }
    } else found.push(next)
  }
  return found
}

function rollbackPhase({ createdAt, completedAt, state }: DeploymentReport, now: number): Phase[] {
  if (createdAt === undefined || !isTime(createdAt)) return []
  const until = Math.max(createdAt, completedAt ?? now)
  return [{ name: 'rollback', from: createdAt, until, hasFailed: state === 'failed' }]
}

export function phaseWords(name: PhaseName): string {
  switch (name) {
    case 'install':
      return say`Install`
    case 'test':
      return say`Test`
    case 'gate':
      return say`Gate`
    case 'shift':
      return say`Shift`
    case 'after':
      return say`After`
    case 'rollback':
      return say`Rollback`
  }
}

/** Of the answers over time. A chart of the summary shows no more, and a phone is this wide. */
export const MOST_COLUMNS = 120

/** If the highest value is more than this many times the median, the axis is cut. */
const FAR = 10

/**
 * The top of a linear axis for response times, on report and summary alike. One time-out would
 * make everything else flat, so what is far above the median is cut.
 */
export function axisTop(values: readonly number[]): {
  readonly top: number
  readonly most: number
  readonly isCut: boolean
} {
  const sorted = values.filter((value) => value > 0).sort((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const most = sorted.at(-1) ?? 0
  const isCut = most > median * FAR
  return { top: roundedUp(isCut ? median * 4 : most), most, isCut }
}

/** A round figure that is not below `value`: 1, 2, 2.5 or 5 times a power of ten. */
export function roundedUp(value: number): number {
  if (!(value > 0) || value === Infinity) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= value) ?? value
}
