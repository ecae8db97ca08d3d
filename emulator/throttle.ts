import type { Clock } from './clock.ts'
import type { Switches } from './switches.ts'

interface Limit {
  readonly name: string
  readonly operations: RegExp
  /** Each of the operations has a bucket of its own. */
  readonly each?: boolean
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
  readonly #limits: readonly Limit[]
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, { codedeployThrottle }: Pick<Switches, 'codedeployThrottle'>) {
    this.#clock = clock
    this.#limits = codedeployThrottle === 'tight' ? [...ECS_LIMITS, CODEDEPLOY_TIGHT] : ECS_LIMITS
  }

  /** Takes one token for `ecs:DescribeServices`; false when the bucket is empty. */
  admit(operation: string): boolean {
    const limit = this.#limits.find(({ operations }) => operations.test(operation))
    if (!limit) return true
    const now = this.#clock.now()
    const name = limit.each ? operation : limit.name
    const bucket = this.#buckets.get(name) ?? { tokens: limit.burst, filledAt: now }
    const refill = ((now - bucket.filledAt) / 1000) * limit.perSecond
    bucket.tokens = Math.min(limit.burst, bucket.tokens + refill)
    bucket.filledAt = now
    this.#buckets.set(name, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }
}

/** ECS developer guide, "Request throttling for the Amazon ECS API". */
const ECS_LIMITS: readonly Limit[] = [
  {
    name: 'task definition modify',
    operations: /^ecs:(Register|Deregister)TaskDefinition$/,
    burst: 20,
    perSecond: 1
  },
  {
    name: 'task definition read',
    operations: /^ecs:(DescribeTaskDefinition|ListTaskDefinition(s|Families))$/,
    burst: 50,
    perSecond: 20
  },
  {
    name: 'service modify',
    operations: /^ecs:(Create|Update|Delete)Service$/,
    burst: 50,
    perSecond: 5
  },
  {
    name: 'service read',
    operations: /^ecs:(DescribeServices|ListServices|DescribeTaskSets)$/,
    burst: 100,
    perSecond: 20
  },
  {
    name: 'cluster resource read',
    operations: /^ecs:(DescribeTasks|ListTasks|DescribeClusters|ListClusters)$/,
    burst: 100,
    perSecond: 20
  }
]

/** CodeDeploy publishes no figures: these let a patient poller pass and stop a busy scan. */
const CODEDEPLOY_TIGHT: Limit = {
  name: 'codedeploy',
  operations: /^codedeploy:/,
  each: true,
  burst: 10,
  perSecond: 1
}
