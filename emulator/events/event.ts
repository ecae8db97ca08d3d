import { createHash, randomUUID } from 'node:crypto'
import type { StateChange } from '../codedeploy/state.ts'

/** An event as EventBridge hands it to a target (EventBridge events reference). */
export interface BusEvent {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: string
  /** ISO 8601 in UTC, whole seconds. */
  readonly time: string
  readonly region: string
  readonly resources: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}

export interface Place {
  readonly partition: string
  readonly account: string
  readonly region: string
}

/** `CodeDeploy Deployment State-change Notification`, delivered with best effort. */
export function deploymentEvent(place: Place, change: StateChange): BusEvent {
  const { application, deploymentGroup, deploymentId, state, at } = change
  const { partition, account, region } = place
  const prefix = `arn:${partition}:codedeploy:${region}:${account}:`
  return {
    ...envelope(place, at),
    'detail-type': 'CodeDeploy Deployment State-change Notification',
    source: 'aws.codedeploy',
    resources: [
      `${prefix}application:${application}`,
      `${prefix}deploymentgroup:${application}/${deploymentGroup}`
    ],
    detail: {
      instanceGroupId: uuidOf(deploymentId),
      region,
      application,
      deploymentId,
      state,
      deploymentGroup
    }
  }
}

/** What a rule with a schedule sends. */
export function scheduledEvent(place: Place, ruleName: string, at: number): BusEvent {
  const { partition, account, region } = place
  return {
    ...envelope(place, at),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    resources: [`arn:${partition}:events:${region}:${account}:rule/${ruleName}`],
    detail: {}
  }
}

function envelope(
  { account, region }: Place,
  at: number
): Pick<BusEvent, 'version' | 'id' | 'account' | 'time' | 'region'> {
  const time = new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')
  return { version: '0', id: randomUUID(), account, time, region }
}

/** The same for every event of a deployment. */
function uuidOf(deploymentId: string): string {
  const hex = createHash('sha256').update(deploymentId).digest('hex')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}
