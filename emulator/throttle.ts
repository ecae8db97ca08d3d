import type { Clock } from './clock.ts'
import type { Switches } from './switches.ts'

interface Limit {
  readonly burst: number
  readonly perSecond: number
}

interface Bucket {
  tokens: number
  filledAt: number
}

/** AWS's request limits: token buckets per account that refill on the emulated clock. */
export class Throttle {
  readonly #clock: Clock
  readonly #switches: Switches
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, switches: Switches) {
    this.#clock = clock
    this.#switches = switches
  }

  /** Takes one token for `ecs:DescribeServices`; false when the bucket is empty. */
  admit(operation: string): boolean {
    const [name, limit] = this.#limitOf(operation) ?? []
    if (!name || !limit) return true
    const now = this.#clock.now()
    const bucket = this.#buckets.get(name) ?? { tokens: limit.burst, filledAt: now }
    const refill = ((now - bucket.filledAt) / 1000) * limit.perSecond
    bucket.tokens = Math.min(limit.burst, bucket.tokens + refill)
    bucket.filledAt = now
    this.#buckets.set(name, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  #limitOf(operation: string): readonly [string, Limit] | undefined {
    const [service = '', name = ''] = operation.split(':')
    if (service === 'ecs') {
      const family = ECS_LIMITS.find(({ operations }) => operations.test(name))
      return family && [family.name, family]
    }
    if (service === 'codedeploy' && this.#switches.codedeployThrottle === 'tight') {
      return ['codedeploy', CODEDEPLOY_TIGHT]
    }
    return undefined
  }
}

/** ECS developer guide, "Request throttling for the Amazon ECS API". */
const ECS_LIMITS: readonly (Limit & { readonly name: string; readonly operations: RegExp })[] = [
  {
    name: 'task definition modify',
    operations: /^(Register|Deregister)TaskDefinition$/,
    burst: 20,
    perSecond: 1
  },
  {
    name: 'task definition read',
    operations: /^(DescribeTaskDefinition|ListTaskDefinition(s|Families))$/,
    burst: 50,
    perSecond: 20
  },
  {
    name: 'service modify',
    operations: /^(Create|Update|Delete)Service$/,
    burst: 50,
    perSecond: 5
  },
  {
    name: 'service read',
    operations: /^(DescribeServices|ListServices|DescribeTaskSets)$/,
    burst: 100,
    perSecond: 20
  },
  {
    name: 'cluster resource read',
    operations: /^(DescribeTasks|ListTasks|DescribeClusters|ListClusters)$/,
    burst: 100,
    perSecond: 20
  }
]

/** CodeDeploy publishes no figure; this one is low enough to be met by polling without care. */
const CODEDEPLOY_TIGHT: Limit = { burst: 5, perSecond: 0.5 }
