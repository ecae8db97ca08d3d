import type { World } from '../../world.ts'
import { notify } from '../notifications.ts'
import type { StoredDeployment } from '../state.ts'
import { CREATED, EVENT_START_LIMIT } from '../timings.ts'
import { closeEvents, endEvent, startEvent } from './events.ts'
import { failure, Halt, uncertainFailure } from './halt.ts'
import { abandonHooks } from './hooks.ts'
import type { Run } from './run.ts'
import { beginRun, sleep, touch } from './run.ts'

/** What a kind of deployment does at its events: a release, or the rollback of one. */
export interface Recipe {
  readonly before: (run: Run, event: string) => Promise<void>
  readonly perform: (run: Run, event: string) => Promise<void>
  readonly after: (run: Run, event: string) => void
  /** After the last event, before it counts as Succeeded. */
  readonly finish: (run: Run) => Promise<void>
  /** It has ended early; its status says so already. */
  readonly halted: (run: Run, halt: Halt) => void
}

/** Takes a deployment from Created to its end. Ends silently when the emulator closes. */
export async function runDeployment(
  world: World,
  deployment: StoredDeployment,
  recipe: Recipe
): Promise<void> {
  const run = beginRun(world, deployment)
  try {
    await sleep(run, CREATED)
    begin(run)
    for (const event of deployment.events) {
      const { lifecycleEventName: name = '' } = event
      await recipe.before(run, name)
      await startDelay(run)
      startEvent(run, event)
      await recipe.perform(run, name)
      endEvent(run, event, 'Succeeded')
      recipe.after(run, name)
    }
    await recipe.finish(run)
    end(run, 'Succeeded')
  } catch (error) {
    if (world.closing.aborted) return
    const halt = error instanceof Halt ? error : failure('INTERNAL_ERROR', String(error))
    closeEvents(run, halt)
    abandonHooks(run)
    deployment.info.errorInformation = halt.information
    end(run, halt.status)
    recipe.halted(run, halt)
  } finally {
    // Whatever still waits on behalf of this deployment, waits for nothing.
    deployment.halting.abort(new Error('The deployment has ended'))
  }
}

function begin(run: Run): void {
  const { world, deployment } = run
  deployment.info.status = 'InProgress'
  deployment.info.startTime = new Date(world.clock.now())
  deployment.targetStatus = 'InProgress'
  touch(run)
  notify(world, deployment, 'START')
}

/** The pause before each event, which has a limit of its own (CodeDeploy quotas). */
async function startDelay(run: Run): Promise<void> {
  const delay = run.world.codedeploy.eventStartDelayMs
  await sleep(run, Math.min(delay, EVENT_START_LIMIT))
  if (delay > EVENT_START_LIMIT) {
    const message = 'A deployment lifecycle event did not start within 5 minutes.'
    throw uncertainFailure(run.world, 'TIMEOUT', message)
  }
}

function end(run: Run, status: 'Succeeded' | 'Failed' | 'Stopped'): void {
  const { world, deployment } = run
  const target = status === 'Succeeded' ? 'Succeeded' : 'Failed'
  deployment.info.status = status
  deployment.info.completeTime = new Date(world.clock.now())
  deployment.info.deploymentOverview = {
    Pending: 0,
    InProgress: 0,
    Succeeded: 0,
    Failed: 0,
    Skipped: 0,
    Ready: 0,
    [target]: 1
  }
  deployment.targetStatus = target
  touch(run)
  const states = { Succeeded: 'SUCCESS', Failed: 'FAILURE', Stopped: 'STOP' } as const
  notify(world, deployment, states[status])
}
