import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { isMapping } from '../../documents/mapping.ts'
import { watchMarks } from '../../ledger/watch-marks.ts'
import { planeKnowing } from '../find-plane.ts'
import { findUnrecorded } from './find-unrecorded.ts'
import { followStops } from './follow-stops.ts'
import { judge } from './judge.ts'
import type { WatchdogPlatform } from './platform.ts'

/**
 * EventBridge tells of a deployment that has started, and every minute of nothing
 * but the time. Events of deployments are delivered with best effort (EventBridge
 * user guide, "Events from AWS services"), so each minute the active deployments are
 * listed, and those that no event has told of are judged and observed then. Each minute the messages
 * about deployments that were stopped are brought up to date as well, and failed deployments are put
 * on record that the ledger does not know of.
 * Errors: if a deployment could not be judged, or its observer not be started;
 * EventBridge or the next minute tries again, and the alarm rings.
 */
export async function handleWatchdog(platform: WatchdogPlatform, event: unknown): Promise<void> {
  const { planes } = platform
  if (!isMinute(event)) {
    const { kind, plane, found } = await planeKnowing(planes, (each) => each.deploymentIn(event))
    await judge(platform, kind, plane, found)
    return
  }
  let failed = 0
  for (const [kind, load] of Object.entries(planes)) failed += await goOver(kind, await load())
  if (failed > 0) throw new Error(`${failed} deployments could not be looked after`)

  /** Returns how many could not be looked after. */
  async function goOver(kind: string, plane: WatchdogPlane): Promise<number> {
    let left = await followStops(platform, kind, plane)
    for (const deploymentId of await plane.active()) {
      for (const act of [judge, observe]) {
        try {
          await act(platform, kind, plane, deploymentId)
        } catch (error) {
          left++
          const why = describeError(error)
          platform.log('error', 'not looked after', { deployment: deploymentId, why })
        }
      }
    }
    // It comes last, because the deployments above are under way.
    return left + (await findUnrecorded(platform, kind, plane))
  }
}

/**
 * Starts the observer once. If its event has come, the first part of the observation
 * is taken, and the second observer leaves (observe/claim-segment.ts). What needs no
 * observation it finds out itself.
 */
async function observe(
  { table, clock, observe: start }: WatchdogPlatform,
  kind: string,
  _: WatchdogPlane,
  deploymentId: string
): Promise<void> {
  const marks = watchMarks(table, kind, deploymentId, () => clock.now())
  if ((await marks.read()).has('observer')) return
  if (await start({ plane: kind, deploymentId, part: 0 })) await marks.make('observer')
}

/** EventBridge's event of a schedule (EventBridge user guide, "Scheduled events"). */
function isMinute(event: unknown): boolean {
  return isMapping(event) && event['detail-type'] === 'Scheduled Event'
}
