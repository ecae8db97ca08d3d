import { describeError } from '../aws/errors.ts'
import { stopTask } from '../aws/tasks.ts'
import { PLANES, planeOfKind } from '../controllers/choose.ts'
import { interrupt, type InterruptEnding } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { createLog, type Log } from './log.ts'
import { openSession } from './session.ts'
import { readPostState, type DeploymentState, type OneOffTaskState } from './state.ts'

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
    const { deployment, oneOffTask, github, settled } = readPostState(io.core)
    if (settled || (deployment === undefined && oneOffTask === undefined && github === undefined)) {
      log.debug('Nothing to clean up.')
      return true
    }
    if (oneOffTask) about = `The one-off task ${oneOffTask.taskArn}`
    const isTaskDone = oneOffTask === undefined || (await endTask(io, log, oneOffTask))
    about = deployment ? nameOf(deployment) : "GitHub's deployment"
    const end = deployment && (await lookAfter(io, log, deployment))
    if (github) {
      const { endLeftBehind } = await import('./left-behind.ts')
      await endLeftBehind(io.env, log, github, {
        deploymentId: deployment?.followed.deploymentId,
        end
      })
    }
    return isTaskDone && (deployment === undefined || (end !== undefined && !end.failed))
  } catch (error) {
    log.fail(`${about} could not be looked after: ${describeError(error)}`)
    return false
  } finally {
    spare()
  }
}

/** Does what `on-cancel` says to a one-off task. Never throws; false if it could not be done. */
async function endTask(io: Io, log: Log, task: OneOffTaskState): Promise<boolean> {
  const { taskArn, cluster, onCancel } = task
  if (onCancel === 'leave') {
    log.info(`The one-off task ${taskArn} goes on (on-cancel: leave).`)
    return true
  }
  try {
    const { clients } = await openSession(
      io,
      { ...task, service: '', maxRetries: RETRIES },
      (what, reason) => log.info(`${what}: ${reason}`)
    )
    await stopTask(clients, cluster, taskArn, 'The job broke off before the task had ended')
    log.info(`The one-off task ${taskArn} was told to stop (on-cancel: ${onCancel}).`)
    return true
  } catch (error) {
    const said = `The one-off task ${taskArn} could not be stopped: ${describeError(error)}`
    log.fail(`${said}. It may go on without the job; nothing was deployed`)
    return false
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
