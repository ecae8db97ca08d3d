import { describeError } from '../aws/errors.ts'
import { interrupt, type InterruptEnd } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { createLog, type Log } from './log.ts'
import { openSession } from './session.ts'
import { readPostState, type DeploymentState } from './state.ts'

/** Retries while the runner waits for the job to end. */
const RETRIES = 2

/**
 * The post phase: where the main phase was killed before it could end its part
 * in a deployment, does what `on-cancel` says, and tells GitHub's deployment,
 * which would else be in progress for ever. Never fails the job.
 */
export async function post(io: Io): Promise<void> {
  const log = createLog(io.core)
  try {
    const { deployment, github, settled } = readPostState(io.core)
    if (settled || (deployment === undefined && github === undefined)) {
      log.debug('Nothing to clean up.')
      return
    }
    const end = deployment && (await lookAfter(io, log, deployment))
    if (github) {
      const { endLeftBehind } = await import('./left-behind.ts')
      await endLeftBehind(io.env, log, github, { deploymentId: deployment?.deploymentId, end })
    }
  } catch (error) {
    warn(log, error)
  }
}

/** Never throws; undefined where it could not be done. */
async function lookAfter(
  io: Io,
  log: Log,
  deployment: DeploymentState
): Promise<InterruptEnd | undefined> {
  try {
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
    return end
  } catch (error) {
    warn(log, error)
    return undefined
  }
}

function warn(log: Log, error: unknown): void {
  log.warning(`The deployment could not be looked after: ${describeError(error)}`)
}
