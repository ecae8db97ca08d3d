import type { LifecycleEvent } from '@aws-sdk/client-codedeploy'
import type { CodeDeployState } from '../emulator/codedeploy/state.ts'
import type { Phase } from './tally.ts'

/** What a request that begins now belongs to, as the account itself shows it. */
export function phaseIn({ deployments }: Pick<CodeDeployState, 'deployments'>): Phase {
  const [first] = deployments.values()
  return phaseOf(first?.events ?? [])
}

/** By the lifecycle events of the release. */
export function phaseOf(events: readonly LifecycleEvent[]): Phase {
  const statusOf = (name: string): string | undefined =>
    events.find(({ lifecycleEventName }) => lifecycleEventName === name)?.status
  switch (statusOf('BeforeAllowTraffic')) {
    case 'InProgress':
      return 'gate'
    case 'Succeeded':
      return statusOf('AllowTraffic') === 'Succeeded' ? 'after' : 'shift'
    case 'Failed':
      return 'after'
    default:
      return 'before'
  }
}
