import { say } from '../words/say.ts'
import type { ChecklistItem } from './checklist-words.ts'
import type { MetricsEvidence, RecoveryEvidence } from './evidence.ts'
import type { OldTasks, Report } from './report.ts'
import { count, utcTime } from './report-words.ts'

// The items of the checklist that are read from what was measured: recovery, CloudWatch, alarms,
// and how the tasks were replaced.

type State = Omit<ChecklistItem, 'what'>

/** Whether a side that lost a task was whole again in time. */
export function recovery({ evidence }: Report): State {
  const found = evidence.filter((each) => each.section === 'recovery')
  if (found.length === 0) return { state: 'skipped', detail: say`no task was to be stopped` }
  return worst(found.map((each) => ({ state: stateOf(each), detail: each.summary })))
}

/** Whether CloudWatch's figures of both sides kept the file's limits. */
export function figures({ evidence }: Report): State {
  const found = evidence.filter((each) => each.section === 'metrics')
  if (found.length === 0) return { state: 'skipped', detail: say`CloudWatch was not asked` }
  return worst(
    found.map((each) => ({ state: stateOf(each), detail: `${each.name}: ${each.summary}` }))
  )
}

/** Whether an alarm was raised, in any of the times in which alarms were read. */
export function alarms({ evidence }: Report): State {
  const found = evidence.flatMap((each) => (each.section === 'metrics' ? each.alarms : []))
  if (found.length === 0) return { state: 'skipped', detail: say`no alarm was to be read` }
  const names = (state: string): string =>
    [...new Set(found.filter((alarm) => alarm.state === state).map(({ name }) => name))].join(', ')
  const raised = names('ALARM')
  if (raised !== '') return { state: 'failed', detail: say`in ALARM: ${raised}` }
  const empty = names('INSUFFICIENT_DATA')
  // CloudWatch has had too little data to judge such an alarm.
  if (empty !== '') return { state: 'attention', detail: say`INSUFFICIENT_DATA: ${empty}` }
  return { state: 'done', detail: say`${new Set(found.map(({ name }) => name)).size} OK` }
}

/**
 * Whether new tasks were healthy before traffic moved to them, in which steps it moved, and
 * when the old tasks were ended.
 */
export function replacement({ timeline, deployment, where }: Report): State {
  const steps = timeline.flatMap((event) =>
    event.kind === 'traffic' && event.deploymentId === deployment?.id && event.green > 0
      ? [event]
      : []
  )
  const [first] = steps
  if (!first) return { state: 'skipped', detail: say`traffic did not move` }
  const before = timeline.findLast(
    (event) =>
      event.kind === 'health' && event.deploymentId === deployment?.id && event.at <= first.at
  )
  const counts = before?.kind === 'health' ? before.counts : undefined
  const total = Object.values(counts ?? {}).reduce((sum, each) => sum + each, 0)
  const healthy = counts?.['healthy'] ?? 0
  const shares = [...new Set(steps.map(({ green }) => Math.round(green * 10) / 10))]
  const moved =
    where.allAtOnce === true || shares.length === 1
      ? say`traffic moved at once`
      : say`traffic moved in steps: ${shares.map((share) => `${share} %`).join(', ')}`
  const told = oldTasksInWords(deployment?.oldTasks)
  const rest = [moved, ...(told === undefined ? [] : [told])].join('; ')
  if (total === 0) {
    return {
      state: 'open',
      detail: say`whether the new tasks were healthy before is not known; ${rest}`
    }
  }
  const detail = say`${healthy} of ${total} new tasks were healthy before; ${rest}`
  return { state: healthy === total ? 'done' : 'attention', detail }
}

/** When the old tasks were told to stop, and had stopped; undefined if it is not known. */
export function oldTasksInWords(found: OldTasks | undefined): string | undefined {
  if (found?.toldAt === undefined) return undefined
  const { told, stopped, toldAt, stoppedAt } = found
  return stoppedAt === undefined
    ? say`the old tasks were told to stop at ${utcTime(toldAt)} UTC, ${count(stopped)} of ${count(told)} have stopped`
    : say`the old tasks were told to stop at ${utcTime(toldAt)} UTC, the last of ${count(told)} had stopped at ${utcTime(stoppedAt)} UTC`
}

function stateOf({ verdict, required }: MetricsEvidence | RecoveryEvidence): State['state'] {
  switch (verdict) {
    case 'passed':
      return 'done'
    case 'failed':
      return required ? 'failed' : 'attention'
    case 'unknown':
      return 'open'
  }
}

const ORDER: readonly State['state'][] = ['failed', 'attention', 'open', 'done', 'skipped']

/** The worst state of several pieces, with the words of all. */
function worst(states: readonly State[]): State {
  const state = ORDER.find((each) => states.some((one) => one.state === each)) ?? 'open'
  return { state, detail: states.map(({ detail }) => detail).join('; ') }
}
