import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { watchMarks } from '../../ledger/watch-marks.ts'
import type { WatchdogPlatform } from './platform.ts'

/** How far back deployments are looked for, from their creation. */
const LOOKED_BACK_MS = 24 * 60 * 60_000

/**
 * By then the request function has put on record what it can by itself: Lambda lets it run for five
 * minutes (infra/gate.yaml) and tries it twice again, a minute and two minutes later (Lambda
 * developer guide, "How Lambda handles errors and retries with asynchronous invocation").
 */
const OWN_TRIES_MS = 20 * 60_000

/**
 * Has the request function put on record what became of deployments that carry the gate and have
 * failed, each once. It looks whether they are on record; most are. A ledger that could not be
 * reached while the gate was to open would else know nothing of a release that was told no.
 * Returns how many could not be handed on; the next minute tries again.
 */
export async function findUnrecorded(
  platform: WatchdogPlatform,
  kind: string,
  plane: WatchdogPlane
): Promise<number> {
  const { table, clock, log } = platform
  let left = 0
  for (const deploymentId of await plane.failed(clock.now() - LOOKED_BACK_MS)) {
    try {
      await handOn(deploymentId)
    } catch (error) {
      left++
      log('error', 'not handed on', { deployment: deploymentId, why: describeError(error) })
    }
  }
  return left

  async function handOn(deploymentId: string): Promise<void> {
    const marks = watchMarks(table, kind, deploymentId, () => clock.now())
    const made = await marks.read()
    if (made.has('handed-on')) return
    const failed = made.get('failed')
    if (failed === undefined) {
      const gateable = await plane.gating(deploymentId)
      await marks.make(gateable?.gating.gated === true ? 'failed' : 'handed-on')
    } else if (clock.now() - failed.at >= OWN_TRIES_MS) {
      await platform.record({ unrecorded: { plane: kind, deploymentId } })
      await marks.make('handed-on')
    }
  }
}
