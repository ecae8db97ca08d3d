import type { RecoveryEvidence } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { gantt } from './gantt.ts'

/** The waits for the steps of a recovery, one bar after the other. */
export function recoveryGantt({ steps }: RecoveryEvidence): string | undefined {
  const tasks = steps.flatMap(({ what, at }, index) => {
    const before = steps[index - 1]
    if (before === undefined || !isTime(at) || !isTime(before.at)) return []
    // The steps are in the order in which they were seen. If the clock was set back in between, the
    // bar has no length.
    const to = Math.max(before.at, at)
    return [{ name: WAITS[what], tag: 'done' as const, from: before.at, to }]
  })
  return gantt([{ name: 'Green', tasks }])
}

/** The name of the wait that ends with each step. */
const WAITS: Readonly<Record<RecoveryEvidence['steps'][number]['what'], string>> = {
  stopped: 'Until stopped',
  draining: 'Until draining',
  started: 'Until a new task started',
  registered: 'Until registered',
  healthy: 'Until healthy'
}
