import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import { watchMarks } from '../../ledger/watch-marks.ts'
import { watchedStops, type WatchedStop } from '../../ledger/watched-stops.ts'
import { renderUngated } from '../card/ungated.ts'
import type { UngatedEnd } from '../card/words/words.ts'
import type { WatchdogPlatform } from './platform.ts'

/** How long after the stop a rollback may begin. CodeDeploy creates it a moment later. */
const ROLLBACK_BEGINS_WITHIN_MS = 10 * 60_000

/**
 * Has the watchdog's messages say how the rollbacks of the deployments have ended that it has
 * stopped, each once. Returns how many could not be looked after; the next minute tries again.
 */
export async function followStops(
  platform: WatchdogPlatform,
  kind: string,
  plane: WatchdogPlane
): Promise<number> {
  const { table, clock, slack, log } = platform
  let left = 0
  for (const stop of await watchedStops(table)) {
    if (stop.plane !== kind) continue
    try {
      await follow(stop)
    } catch (error) {
      left++
      log('error', 'the end not told', { deployment: stop.deploymentId, why: String(error) })
    }
  }
  return left

  async function follow(stop: WatchedStop): Promise<void> {
    const { deploymentId, channel, ts } = stop
    const marks = watchMarks(table, kind, deploymentId, () => clock.now())
    if ((await marks.read()).has('ended')) return
    const end = await endOf(stop)
    if (end === undefined) return
    // Slack shows an update that is sent twice once, so the mark comes after it.
    await slack.update(channel, ts, renderUngated({ ...stop, result: 'stopped', end }))
    await marks.make('ended')
  }

  /** Undefined while it goes on. */
  async function endOf({ deploymentId, at }: WatchedStop): Promise<UngatedEnd | undefined> {
    const rollback = await plane.rollbackOf(deploymentId)
    if (rollback === 'in-progress') return undefined
    if (rollback !== 'none') return rollback
    return clock.now() - at > ROLLBACK_BEGINS_WITHIN_MS ? 'none' : undefined
  }
}
