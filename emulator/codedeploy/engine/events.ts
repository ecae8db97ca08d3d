import type { LifecycleEvent, LifecycleEventStatus } from '@aws-sdk/client-codedeploy'
import type { World } from '../../world.ts'
import type { Run } from './run.ts'
import { touch } from './run.ts'
import type { Halt } from './halt.ts'

const WITH_TEST_LISTENER = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic'
]

/** Eight events with a test listener and six without, all Pending from the start. */
export function lifecycleEvents(testListener: string | undefined): LifecycleEvent[] {
  const names = testListener
    ? WITH_TEST_LISTENER
    : WITH_TEST_LISTENER.filter((name) => !name.includes('TestTraffic'))
  return names.map((lifecycleEventName) => ({ lifecycleEventName, status: 'Pending' }))
}

export function startEvent(run: Run, event: LifecycleEvent): void {
  event.status = 'InProgress'
  event.startTime = new Date(run.world.clock.now())
  touch(run)
}

export function endEvent(run: Run, event: LifecycleEvent, status: LifecycleEventStatus): void {
  event.status = status
  event.endTime = new Date(run.world.clock.now())
  touch(run)
}

/** What a deployment's end does to its events: the one in progress has failed, later ones are skipped. */
export function closeEvents(run: Run, halt: Halt): void {
  for (const event of run.deployment.events) {
    if (event.status === 'InProgress') {
      endEvent(run, event, 'Failed')
      diagnose(run.world, event, halt)
    } else if (event.status === 'Pending') event.status = 'Skipped'
  }
}

function diagnose(world: World, event: LifecycleEvent, { hookMessage }: Halt): void {
  if (hookMessage !== undefined && world.switches.hookDiagnostics === 'UnknownError')
    event.diagnostics = { errorCode: 'UnknownError', message: hookMessage }
}
