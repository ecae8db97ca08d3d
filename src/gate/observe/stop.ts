import { describeError, kindOf } from '../../aws/errors.ts'
import type { Segments } from '../../ledger/availability-segments.ts'
import type { ObservePlane } from '../../controllers/gate-plane.ts'
import type { ObservePlatform } from './platform.ts'

const ATTEMPTS = 5
const AGAIN_MS = 2_000

/**
 * Stops the deployment with a rollback, and says why for the job to find.
 * Never throws: a deployment that could not be stopped goes on, which is logged.
 */
export async function stopWithReason(
  { clock, log }: Pick<ObservePlatform, 'clock' | 'log'>,
  plane: Pick<ObservePlane, 'stop' | 'read'>,
  items: Pick<Segments, 'stopped'>,
  deploymentId: string,
  reason: string
): Promise<void> {
  let stopped = false
  let mayHave = false
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      stopped ||= await plane.stop(deploymentId)
      // If the deployment had ended, it may have been stopped by an attempt of ours whose answer was lost.
      stopped ||= mayHave && (await plane.read(deploymentId)).state === 'stopped'
      if (!stopped) return
      log('warn', 'deployment stopped', { deployment: deploymentId, why: reason })
      await items.stopped(reason)
      return
    } catch (error) {
      const kind = kindOf(error)
      mayHave ||= kind === 'transient' || kind === 'aborted'
      const why = describeError(error)
      log('error', 'deployment not stopped', { deployment: deploymentId, why, attempt })
      await clock.sleep(AGAIN_MS)
    }
  }
}
