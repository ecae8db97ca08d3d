import { AsyncLocalStorage } from 'node:async_hooks'
import { describeError } from '../aws/errors.ts'
import { stopTask } from '../aws/tasks.ts'
import { PLANES, planeOfKind } from '../controllers/choose.ts'
import { interrupt, type InterruptEnding } from '../release/interrupt.ts'
import { logLine } from '../release/log-lines.ts'
import type { Io } from './io.ts'
import { languageOf } from './inputs/parse.ts'
import { createLog, type Log } from './log.ts'
import { openSession } from './session.ts'
import { languageIn, readPostState, type DeploymentState, type OneOffTaskState } from './state.ts'
import { say, speaking } from '../words/say.ts'

/** The most retries of one call, because the runner waits for this phase to end. */
const RETRIES = 2

/**
 * The post phase. If the main phase ended before it had finished with a deployment, this
 * phase does what `on-cancel` says, and ends GitHub's deployment, which would otherwise stay
 * in progress for ever. Resolves with whether the job passes: it fails if the deployment
 * could not be read or stopped, so that a person looks at it. If GitHub refuses, that is a
 * warning.
 */
export function post(io: Io): Promise<boolean> {
  return speaking(languageOf(io.env) ?? languageIn(io.core) ?? 'en', () => clean(io))
}

async function clean(io: Io): Promise<boolean> {
  const log = createLog(io.core)
  let about = say`What the main phase has left behind`
  const spare = io.atExit(
    AsyncLocalStorage.bind(() =>
      log.fail(say`${about} could not be looked after: this process ended before it had its answer`)
    )
  )
  try {
    const { deployment, oneOffTask, github, settled } = readPostState(io.core)
    if (settled || (deployment === undefined && oneOffTask === undefined && github === undefined)) {
      log.debug(say`Nothing to clean up.`)
      return true
    }
    if (oneOffTask) about = say`The one-off task ${oneOffTask.taskArn}`
    const isTaskDone = oneOffTask === undefined || (await endTask(io, log, oneOffTask))
    about = deployment ? nameOf(deployment) : say`GitHub's deployment`
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
    log.fail(say`${about} could not be looked after: ${describeError(error)}`)
    return false
  } finally {
    spare()
  }
}

/** Does what `on-cancel` says to a one-off task. Never throws; false if it could not be done. */
async function endTask(io: Io, log: Log, task: OneOffTaskState): Promise<boolean> {
  const { taskArn, cluster, onCancel } = task
  if (onCancel === 'leave') {
    log.info(say`The one-off task ${taskArn} goes on (on-cancel: leave).`)
    return true
  }
  try {
    const { clients } = await openSession(
      io,
      { ...task, service: '', maxRetries: RETRIES },
      (what, reason) => log.info(`${what}: ${reason}`)
    )
    await stopTask(clients, cluster, taskArn, 'The job broke off before the task had ended')
    log.info(say`The one-off task ${taskArn} was told to stop (on-cancel: ${onCancel}).`)
    return true
  } catch (error) {
    const said = say`The one-off task ${taskArn} could not be stopped: ${describeError(error)}`
    log.fail(say`${said}. It may go on without the job; nothing was deployed`)
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
    const controller = await plane.openController({
      ...session,
      ...where,
      clock: io.clock,
      kept: followed.kept
    })
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
    const said = say`${nameOf(deployment)} could not be looked after: ${describeError(error)}`
    log.fail(`${said}. ${lookYourself(deployment)}`)
    return undefined
  }
}

function nameOf({ followed }: DeploymentState): string {
  return say`Deployment ${followed.deploymentId}`
}

function lookYourself({ followed }: DeploymentState): string {
  return say`It may go on without the job; look with: ${followed.lookWith}`
}
