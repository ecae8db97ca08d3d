import type { ControlPlane } from '../controllers/control-plane.ts'
import { shiftBegun } from '../release/goal.ts'
import { isTerminal, stageOf, type Snapshot } from '../release/snapshot.ts'
import { taskCounts } from '../release/still-waiting.ts'
import { say } from '../words/say.ts'
import type { ReleaseContext } from './context.ts'
import { stopBecause } from './keep-evidence.ts'

const MINUTE = 60_000

/**
 * Stops the deployment if green has not been healthy for `green-unhealthy-after` minutes and
 * no production traffic has begun to move. Undefined without that input.
 */
export function limitUnhealthyGreen(
  context: ReleaseContext,
  controller: Pick<ControlPlane, 'stop'>,
  deploymentId: string
): { see(snapshot: Snapshot): void } | undefined {
  const minutes = context.settings.greenUnhealthyAfter
  if (minutes === undefined) return undefined
  let since: number | undefined
  let isAsked = false
  return {
    see(snapshot) {
      if (snapshot.deploymentId !== deploymentId || isAsked) return
      since = unhealthySince(snapshot, since)
      if (since === undefined || snapshot.at - since < minutes * MINUTE) return
      isAsked = true
      const facts = taskCounts(snapshot)
      const known = facts.length === 0 ? '' : `: ${facts.join(', ')}`
      const because = say`green was not healthy for ${minutes} min (green-unhealthy-after: ${minutes})${known}`
      void stopBecause(context, controller, because, 'unhealthy')
    }
  }
}

/** Since when green is not healthy, by this snapshot and what was known before it. */
function unhealthySince(snapshot: Snapshot, before: number | undefined): number | undefined {
  if (isTerminal(snapshot.state) || shiftBegun(snapshot)) return undefined
  const install = stageOf(snapshot, 'install')
  if (install?.status === 'InProgress') return before ?? install.startedAt ?? snapshot.at
  const green = snapshot.taskSets.find(({ label }) => label === 'green')
  if (!green) return undefined
  const isSick =
    green.running < green.desired ||
    (snapshot.targets ?? []).some(({ state }) => state === 'unhealthy')
  return isSick ? (before ?? snapshot.at) : undefined
}
