import { describeError } from '../aws/errors.ts'
import { PLANES, planeOfKind } from '../controllers/choose.ts'
import { interrupt, type InterruptEnding } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { createLog, type Log } from './log.ts'
import { openSession } from './session.ts'
import { readPostState, type DeploymentState } from './state.ts'

/** The most retries of one call, because the runner waits for this phase to end. */
const RETRIES = 2

/**
 * The post phase. If the main phase ended before it had finished with a deployment, this
 * phase does what `on-cancel` says, and ends GitHub's deployment, which would otherwise stay
 * in progress for ever. Resolves with whether the job passes: it fails if the deployment
 * could not be read or stopped, so that a person looks at it. If GitHub refuses, that is a
 * warning.
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

/** Does what `on-cancel` says. Never throws; undefined if it could not be done. */
async function lookAfter(
  io: Io,
  log: Log,
  deployment: DeploymentState
): Promise<InterruptEnding | undefined> {
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
