import type { RecoveryEvidence } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { gantt } from './gantt.ts'

/** What each step of a recovery was waited for, one bar after the other. */
export function recoveryGantt({ steps }: RecoveryEvidence): string | undefined {
  const tasks = steps.flatMap(({ what, at }, index) => {
    const before = steps[index - 1]
    if (before === undefined || !isTime(at) || !isTime(before.at)) return []
    // Seen in this order, so a clock that was set back makes a bar without length.
    const to = Math.max(before.at, at)
    return [{ name: WAITS[what], tag: 'done' as const, from: before.at, to }]
  })
  return gantt([{ name: 'Green', tasks }])
}

/** Each is the wait that ends with that step. */
const WAITS: Readonly<Record<RecoveryEvidence['steps'][number]['what'], string>> = {
  stopped: 'Until stopped',
  draining: 'Until draining',
  started: 'Until a new task started',
  registered: 'Until registered',
  healthy: 'Until healthy'
}
