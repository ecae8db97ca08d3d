/** The lifecycle events that can run a function, in their order (aws-semantics 1.1). */
export const HOOK_EVENTS = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic'
] as const
export type HookEvent = (typeof HOOK_EVENTS)[number]

/** The last hook before production traffic moves. */
export const GATE_EVENT: HookEvent = 'BeforeAllowTraffic'

/** After this event the test listener, if the group has one, leads to green (aws-semantics 1.1). */
export const TEST_TRAFFIC_EVENT = 'AllowTestTraffic'

/**
 * The event at which a function asks green: through the test listener, or at green's tasks
 * as soon as they run.
 */
export function verifyEvent(hasTestListener: boolean): HookEvent {
  return hasTestListener ? 'AfterAllowTestTraffic' : 'AfterInstall'
}

/** A CodeDeploy AppSpec for ECS: one target service and its hooks (aws-semantics 2). */
export interface AppSpec {
  /** As the file has it; `withTaskDefinition` replaces it by the revision that is released. */
  readonly taskDefinition: string | undefined
  readonly containerName: string
  readonly containerPort: number
  readonly platformVersion: string | undefined
  readonly network: Network | undefined
  readonly capacityProviders: readonly CapacityProvider[]
  /** At most one function per event, in lifecycle order. */
  readonly hooks: readonly Hook[]
}

/** AWS accepts all three members or none. */
export interface Network {
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly assignPublicIp: AssignPublicIp
}

export const ASSIGN_PUBLIC_IP = ['ENABLED', 'DISABLED'] as const
export type AssignPublicIp = (typeof ASSIGN_PUBLIC_IP)[number]

export interface CapacityProvider {
  readonly capacityProvider: string
  readonly base: number | undefined
  readonly weight: number | undefined
}

export interface Hook {
  readonly event: HookEvent
  /** Name or ARN of a Lambda function. */
  readonly function: string
}

export function isHookEvent(text: string): text is HookEvent {
  return HOOK_EVENTS.some((event) => event === text)
}

export function inLifecycleOrder(hooks: readonly Hook[]): readonly Hook[] {
  return HOOK_EVENTS.flatMap((event) => hooks.filter((hook) => hook.event === event))
}
