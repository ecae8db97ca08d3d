import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { pickGroup } from '../dataplane/balancer.ts'
import { holds } from '../dataplane/conditions.ts'
import type { Asked } from '../dataplane/conditions.ts'
import type { Figures } from '../dataplane/figures.ts'
import { ListenerProxy } from '../dataplane/proxy.ts'
import type { Route } from '../dataplane/proxy.ts'
import type { Probe } from '../dataplane/runtime.ts'
import { pinnedGroup, pinningTo } from '../dataplane/sticky.ts'
import { Traffic } from '../dataplane/traffic.ts'
import type { Instances } from '../ec2/instances.ts'
import type { Switches } from '../switches.ts'
import type { Routing } from './actions.ts'
import type { ElbContext } from './context.ts'
import type { ElbControl } from './control.ts'
import { HealthChecks } from './health-checks.ts'
import { elbOperations } from './operations.ts'
import type { ElbOperations } from './operations.ts'
import { rulesOf } from './rules.ts'
import type {
  ElbState,
  StoredListener,
  StoredRule,
  StoredTarget,
  StoredTargetGroup
} from './state.ts'
import { Targets } from './targets.ts'

export interface ElbOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
  readonly switches: Pick<Switches, 'listenerRules'>
  readonly closing: AbortSignal
  /** How a target is checked: the task runtime's own. */
  readonly probe: Probe
  /** Whether listeners are real proxies on loopback; without, `boundPort` stays 0. */
  readonly proxies: boolean
  readonly random?: (() => number) | undefined
  readonly idleTimeoutMs?: number | undefined
  /** Who publishes what goes through, and the health of targets. */
  readonly figures?: Figures | undefined
  /** The machines of the account; none unless given. */
  readonly instances?: Pick<Instances, 'find'> | undefined
}

/** The load balancers of one emulated account. */
export interface Elb {
  readonly state: ElbState
  readonly control: ElbControl
  readonly operations: ElbOperations
  /** What has gone through the proxies, by listener and by target group. */
  readonly traffic: Traffic
  /** Calls back after every change between initial, healthy and unhealthy. */
  onHealth(listener: HealthListener): void
  close(): Promise<void>
}

export type HealthListener = (group: StoredTargetGroup, target: StoredTarget) => void

/** Creates an account without load balancers; `operations.CreateLoadBalancer` and the others fill it. */
export function createElb(options: ElbOptions): Elb {
  const { clock, closing, random = Math.random, idleTimeoutMs = 60_000 } = options
  const state: ElbState = {
    loadBalancers: new Map(),
    listeners: new Map(),
    rules: new Map(),
    targetGroups: new Map()
  }
  const healthListeners: HealthListener[] = []
  const traffic = new Traffic(options.figures)
  const checks = new HealthChecks({
    clock,
    closing,
    probe: options.probe,
    changed: (group, target) => {
      traffic.figures.targets(group)
      healthListeners.forEach((listener) => listener(group, target))
    }
  })
  const targets = new Targets({ state, clock, closing, checks, traffic })
  const proxies: ListenerProxy[] = []

  const context: ElbContext = {
    state,
    targets,
    instances: options.instances ?? { find: () => undefined },
    clock,
    region: options.region,
    arn: (resource) =>
      `arn:${options.partition}:elasticloadbalancing:${options.region}:${options.account}:${resource}`,
    newId: () => randomBytes(8).toString('hex'),
    bind: async (listener) => {
      if (!options.proxies) return
      const route = (asked: Asked): Route => {
        const { weights, answer, stickiness } = routingFor(state, listener, asked)
        if (answer) return { answer }
        const now = clock.now()
        const pinned = stickiness.Enabled === true ? pinnedGroup(asked, now) : undefined
        const known = weights.some(({ targetGroupArn }) => targetGroupArn === pinned)
        const arn = known ? pinned : pickGroup(weights, random)
        const group = state.targetGroups.get(arn ?? '')
        if (!group) return undefined
        const { Enabled = false, DurationSeconds = 0 } = stickiness
        return { group, cookies: Enabled ? pinningTo(group, DurationSeconds, now) : [] }
      }
      const proxy = new ListenerProxy({ listener, route, traffic, idleTimeoutMs })
      listener.boundPort = await proxy.listen()
      proxies.push(proxy)
    }
  }
  return {
    state,
    control: createControl(context, options.switches),
    operations: elbOperations(context),
    traffic,
    onHealth: (listener) => void healthListeners.push(listener),
    close: async () => {
      for (const group of state.targetGroups.values())
        for (const target of group.targets.values()) checks.stop(target)
      await Promise.all(proxies.map((proxy) => proxy.close()))
    }
  }
}

/** A rule whose conditions all hold comes before the default action, lowest priority number first. */
function routingFor(state: ElbState, listener: StoredListener, asked: Asked): Routing {
  const [rule] = rulesOf(state, listener.arn).filter(({ conditions }) =>
    conditions.every((condition) => holds(condition, asked))
  )
  return rule ?? listener
}

function createControl(
  { state, targets }: ElbContext,
  switches: Pick<Switches, 'listenerRules'>
): ElbControl {
  const group = (arn: string): StoredTargetGroup => stored(state.targetGroups, arn)
  return {
    register: (arn, target) => targets.register(group(arn), target),
    deregister: async (arn, target) => targets.deregister(group(arn), target),
    health: (arn) => targets.health(group(arn)),
    setWeights: (listenerArn, weights) => {
      const pair = weights.map(({ targetGroupArn }) => targetGroupArn)
      const [first, ...others] = governed(state, stored(state.listeners, listenerArn), pair)
      for (const each of switches.listenerRules === 'all-rules' ? [first, ...others] : [first])
        // As published runs show it (aws-semantics.md, section 5).
        Object.assign(each, {
          weights: [...weights],
          stickiness: { Enabled: false },
          answer: undefined
        })
      targets.refreshUse()
    },
    weights: (listenerArn, pair = []) =>
      governed(state, stored(state.listeners, listenerArn), pair)[0].weights,
    targetGroupArn: (name) =>
      [...state.targetGroups.values()].find((each) => each.name === name)?.arn
  }
}

/**
 * What of a listener forwards to one of these groups: the default action, and rules. Where it is rules
 * alone the first of them comes first, and what the default action does (another service's, a fixed
 * response) stays. Where nothing does, the default action is what CodeDeploy writes.
 */
function governed(
  state: ElbState,
  listener: StoredListener,
  pair: readonly string[]
): readonly [StoredListener | StoredRule, ...(StoredListener | StoredRule)[]] {
  const concerns = ({ weights }: StoredListener | StoredRule): boolean =>
    weights.some(({ targetGroupArn }) => pair.includes(targetGroupArn))
  const rules = rulesOf(state, listener.arn).filter(concerns)
  const [first, ...others] = rules
  return first === undefined || concerns(listener) ? [listener, ...rules] : [first, ...others]
}

/** Inside the emulator an unknown ARN is a mistake of the emulator, not of its client. */
function stored<T>(all: Map<string, T>, arn: string): T {
  const found = all.get(arn)
  if (found === undefined) throw new Error(`no ${arn} in the emulated load balancers`)
  return found
}
