import type { World } from '../world.ts'

export interface GateRuleTargets {
  /** Functions, by name or ARN. */
  readonly sweep: string
  /** Each told of every state change of any deployment. */
  readonly stateChanges: readonly string[]
  /** Each told when any deployment has started; none unless given. */
  readonly starts?: readonly string[]
}

/** The rules that the gate's template creates: a schedule of a minute, and CodeDeploy's state changes. */
export function createGateRules(
  world: Pick<World, 'events'>,
  { sweep, stateChanges, starts = [] }: GateRuleTargets
): void {
  world.events.putRule({ name: 'gate-sweep', schedule: 'rate(1 minute)', targets: [sweep] })
  world.events.putRule({
    name: 'gate-state-changes',
    pattern: {
      source: ['aws.codedeploy'],
      'detail-type': ['CodeDeploy Deployment State-change Notification'],
      detail: { state: ['START', 'READY', 'SUCCESS', 'FAILURE', 'STOP'] }
    },
    targets: stateChanges
  })
  if (starts.length === 0) return
  world.events.putRule({
    name: 'gate-observe',
    pattern: {
      source: ['aws.codedeploy'],
      'detail-type': ['CodeDeploy Deployment State-change Notification'],
      detail: { state: ['START'] }
    },
    targets: starts
  })
}

/** Evidence that arrives in the ledger wakes the sweep, as the template has it. */
export function mapEvidence(
  world: Pick<World, 'streams'>,
  { table, sweep }: { readonly table: string; readonly sweep: string }
): void {
  world.streams.map({
    table,
    functionName: sweep,
    pattern: {
      eventName: ['INSERT'],
      dynamodb: {
        Keys: { pk: { S: [{ prefix: 'release#' }] } },
        NewImage: { evidence: { S: [{ prefix: '{' }] } }
      }
    },
    retries: 2
  })
}
