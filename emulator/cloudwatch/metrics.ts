import type { Clock } from '../clock.ts'
import type { Figures } from '../dataplane/figures.ts'
import type { StoredTargetGroup } from '../elbv2/state.ts'
import type { Switches } from '../switches.ts'

export const MINUTE = 60_000

/** What one target group behind one load balancer has done in one minute. */
export interface MinuteFigures {
  requests: number
  /** Answers of targets, by the first digit of their status; of the load balancer itself, by all three. */
  readonly answers: Map<number, number>
  /** From the request leaving the load balancer to the answer's head. */
  readonly seconds: number[]
}

/** The targets of a group from a moment on; draining ones are no longer registered. */
export interface Hosts {
  readonly at: number
  readonly healthy: number
  readonly unhealthy: number
  readonly registered: number
}

/** What a load balancer knows of one of its target groups. */
export interface GroupFigures {
  /** By the time a minute begins. */
  readonly minutes: Map<number, MinuteFigures>
  /** Every change, in order. */
  readonly hosts: Hosts[]
}

/** The load balancers' figures in one account, minute by minute. Nothing is forgotten. */
export class Metrics implements Figures {
  readonly #clock: Pick<Clock, 'now'>
  readonly #switches: Pick<Switches, 'quietMinutes' | 'metricsLag'>
  /** By target group, then by load balancer, both as dimensions. */
  readonly #groups = new Map<string, Map<string, GroupFigures>>()

  constructor(clock: Pick<Clock, 'now'>, switches: Pick<Switches, 'quietMinutes' | 'metricsLag'>) {
    this.#clock = clock
    this.#switches = switches
  }

  /** Whether a count of a minute without requests is a zero, or not there. */
  get zeros(): boolean {
    return this.#switches.quietMinutes === 'zero'
  }

  /** How long after its begin a minute can be read. */
  get lagMs(): number {
    return LAG_MS[this.#switches.metricsLag]
  }

  /** Both as CloudWatch's dimensions name them; undefined where that pair has never been. */
  find(loadBalancer: string, targetGroup: string): GroupFigures | undefined {
    return this.#groups.get(targetGroup)?.get(loadBalancer)
  }

  /** Of a load balancer: what it has answered by itself, by status. */
  ownOf(loadBalancer: string): GroupFigures | undefined {
    return this.find(loadBalancer, NO_GROUP)
  }

  /** Of a load balancer: all its target groups. */
  groupsOf(loadBalancer: string): readonly GroupFigures[] {
    return [...this.#groups].flatMap(([group, balancers]) => {
      const figures = group === NO_GROUP ? undefined : balancers.get(loadBalancer)
      return figures ? [figures] : []
    })
  }

  /** Of a target group, behind whichever load balancer. */
  balancersOf(targetGroup: string): readonly GroupFigures[] {
    return [...(this.#groups.get(targetGroup)?.values() ?? [])]
  }

  failed(loadBalancerArn: string, status: number): void {
    const { answers } = this.#minute(loadBalancerArn, NO_GROUP)
    answers.set(status, (answers.get(status) ?? 0) + 1)
  }

  chosen(loadBalancerArn: string, { arn }: StoredTargetGroup): void {
    this.#minute(loadBalancerArn, arn).requests++
  }

  responded(
    loadBalancerArn: string,
    { arn }: StoredTargetGroup,
    status: number,
    seconds: number
  ): void {
    const { answers, seconds: all } = this.#minute(loadBalancerArn, arn)
    const digit = Math.floor(status / 100)
    answers.set(digit, (answers.get(digit) ?? 0) + 1)
    all.push(seconds)
  }

  targets({ arn, targets, loadBalancerArns }: StoredTargetGroup): void {
    const staying = [...targets.values()].filter(({ state }) => state !== 'draining')
    const now = {
      at: this.#clock.now(),
      healthy: staying.filter(({ state }) => state === 'healthy').length,
      unhealthy: staying.filter(({ state }) => state === 'unhealthy').length,
      registered: staying.length
    }
    const using = new Set([...loadBalancerArns].map(loadBalancerDimension))
    for (const loadBalancerArn of loadBalancerArns)
      change(this.#figures(loadBalancerArn, arn).hosts, now)
    for (const [loadBalancer, { hosts }] of this.#groups.get(targetGroupDimension(arn)) ?? [])
      if (!using.has(loadBalancer)) change(hosts, { ...NOBODY, at: now.at })
  }

  #minute(loadBalancerArn: string, targetGroupArn: string): MinuteFigures {
    const { minutes } = this.#figures(loadBalancerArn, targetGroupArn)
    const at = minuteOf(this.#clock.now())
    const found = minutes.get(at) ?? { requests: 0, answers: new Map(), seconds: [] }
    minutes.set(at, found)
    return found
  }

  #figures(loadBalancerArn: string, targetGroupArn: string): GroupFigures {
    const group = targetGroupDimension(targetGroupArn)
    const balancers = this.#groups.get(group) ?? new Map<string, GroupFigures>()
    this.#groups.set(group, balancers)
    const balancer = loadBalancerDimension(loadBalancerArn)
    const found = balancers.get(balancer) ?? { minutes: new Map(), hosts: [] }
    balancers.set(balancer, found)
    return found
  }
}

const LAG_MS: Readonly<Record<Switches['metricsLag'], number>> = {
  none: 0,
  'two-minutes': 2 * MINUTE,
  'five-minutes': 5 * MINUTE
}

/** Under it stands what a load balancer has answered by itself. */
const NO_GROUP = ''

const NOBODY = { healthy: 0, unhealthy: 0, registered: 0 }

/** The minute that holds this moment, by its begin. */
export function minuteOf(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE
}

/** What happens at one moment is seen when it is over. */
function change(hosts: Hosts[], now: Hosts): void {
  if (hosts.at(-1)?.at === now.at) hosts.pop()
  const last = hosts.at(-1)
  const same =
    last?.healthy === now.healthy &&
    last.unhealthy === now.unhealthy &&
    last.registered === now.registered
  if (!same) hosts.push(now)
}

/** `app/<name>/<id>`: the end of the ARN, without `loadbalancer/`. */
function loadBalancerDimension(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1).replace(/^loadbalancer\//, '')
}

/** `targetgroup/<name>/<id>`: the end of the ARN. */
function targetGroupDimension(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1)
}
