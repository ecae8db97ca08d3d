import type { RecoveryEvidence } from '../../release/evidence.ts'
import { isTime } from '../../release/milestones.ts'
import { say } from '../../words/say.ts'
import { gantt } from './gantt.ts'

/** The waits for the steps of a recovery, one bar after the other. */
export function recoveryGantt({ side, steps }: RecoveryEvidence): string | undefined {
  const tasks = steps.flatMap(({ what, at }, index) => {
    const before = steps[index - 1]
    if (before === undefined || !isTime(at) || !isTime(before.at)) return []
    // The steps are in the order in which they were seen. If the clock was set back in between, the
    // bar has no length.
    const to = Math.max(before.at, at)
    return [{ name: waitWords(what), tag: 'done' as const, from: before.at, to }]
  })
  return gantt([{ name: side === 'green' ? say`Green` : say`Blue`, tasks }])
}

/** The name of the wait that ends with each step. */
function waitWords(what: RecoveryEvidence['steps'][number]['what']): string {
  switch (what) {
    case 'stopped':
      return say`Until stopped`
    case 'draining':
      return say`Until draining`
    case 'started':
      return say`Until a new task started`
    case 'registered':
      return say`Until registered`
    case 'healthy':
      return say`Until healthy`
  }
}
