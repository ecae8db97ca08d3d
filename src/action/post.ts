import { describeError } from '../aws/errors.ts'
import { PLANES, planeOfKind } from '../controllers/choose.ts'
import { interrupt, type InterruptEnd } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { createLog, type Log } from './log.ts'
import { openSession } from './session.ts'
import { readPostState, type DeploymentState } from './state.ts'

/** Retries while the runner waits for the job to end. */
const RETRIES = 2

/**
 * The post phase: where the main phase ended before it could end its part in a
 * deployment, does what `on-cancel` says, and tells GitHub's deployment, which
 * would else be in progress for ever. Resolves with whether it has done its part:
 * a deployment that could not be looked after, or not be stopped, fails the job,
 * so that somebody looks. What GitHub refuses is a warning.
 */
export async function post(io: Io): Promise<boolean> {
  const log = createLog(io.core)
  let about = 'What the main phase has left behind'
  const spare = io.atExit(() => {
    log.fail(`${about} could not be looked after: this process ended before it had its answer`)
  })
  try {
    const { deployment, github, settled } = readPostState(io.core)
    if (settled || (deployment === undefined && github === undefined)) {
      log.debug('Nothing to clean up.')
      return true
    }
    about = deployment ? nameOf(deployment) : "GitHub's deployment"
    const end = deployment && (await lookAfter(io, log, deployment))
    if (github) {
      const { endLeftBehind } = await import('./left-behind.ts')
      await endLeftBehind(io.env, log, github, {
        deploymentId: deployment?.followed.deploymentId,
        end
      })
    }
    return deployment === undefined || (end !== undefined && !end.failed)
  } catch (error) {
    log.fail(`${about} could not be looked after: ${describeError(error)}`)
    return false
  } finally {
    spare()
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
    const { followed, onCancel: policy } = deployment
    const { where, deploymentId } = followed
    const plane = planeOfKind(PLANES, followed.plane)
    const session = await openSession(
      io,
      { ...deployment, ...where, maxRetries: RETRIES },
      (what, reason) => log.info(`${what}: ${reason}`)
    )
    const controller = plane.openController({ ...session, ...where, clock: io.clock })
    const end = await interrupt({
      cause: 'cancel',
      policy,
      controller,
      clock: io.clock,
      deploymentId,
      last: undefined,
      emit: (event) => log.info(logLine(event, startedAt))
    })
    const said = `${nameOf(deployment)}: ${end.reason}.`
    if (end.failed) log.fail(`${said} ${lookYourself(deployment)}`)
    else log.info(said)
    return end
  } catch (error) {
    const said = `${nameOf(deployment)} could not be looked after: ${describeError(error)}`
    log.fail(`${said}. ${lookYourself(deployment)}`)
    return undefined
  }
}

function nameOf({ followed }: DeploymentState): string {
  return `Deployment ${followed.deploymentId}`
}

function lookYourself({ followed }: DeploymentState): string {
  return `It may go on without the job; look with: ${followed.lookWith}`
}
