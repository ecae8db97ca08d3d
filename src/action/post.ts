import { describeError } from '../aws/errors.ts'
import { interrupt } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { createLog } from './log.ts'
import { openSession } from './session.ts'
import { readPostState } from './state.ts'

/** Retries while the runner waits for the job to end. */
const RETRIES = 2

/**
 * The post phase: where the main phase was killed before it could end its part
 * in a deployment, does what `on-cancel` says. Never fails the job.
 */
export async function post(io: Io): Promise<void> {
  const log = createLog(io.core)
  try {
    const { deployment, settled } = readPostState(io.core)
    if (settled || deployment === undefined) {
      log.debug('Nothing to clean up.')
      return
    }
    const startedAt = io.clock.now()
    const { controller } = await openSession(
      io,
      { ...deployment, maxRetries: RETRIES },
      (what, reason) => log.info(`${what}: ${reason}`)
    )
    const end = await interrupt({
      cause: 'cancel',
      policy: deployment.onCancel,
      controller,
      clock: io.clock,
      deploymentId: deployment.deploymentId,
      last: undefined,
      emit: (event) => log.info(logLine(event, startedAt))
    })
    log.info(`Deployment ${deployment.deploymentId}: ${end.reason}.`)
  } catch (error) {
    log.warning(`The deployment could not be looked after: ${describeError(error)}`)
  }
}
