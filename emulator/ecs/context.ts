import type { Clock } from '../clock.ts'
import type { ElbState } from '../elbv2/state.ts'
import type { OneOffTasks } from './one-off-tasks.ts'
import type { Scheduler } from './scheduler.ts'
import type { EcsState } from './state.ts'

/** What the operations work on. */
export interface EcsContext {
  readonly state: EcsState
  readonly scheduler: Scheduler
  /** The tasks that no service owns. */
  readonly oneOff: OneOffTasks
  /** To see whether a target group exists and has a load balancer. */
  readonly elb: ElbState
  readonly clock: Clock
  /** Aborted once the emulator closes. */
  readonly closing: AbortSignal
  /** `arn:<partition>:ecs:<region>:<account>:<resource>` */
  readonly arn: (resource: string) => string
}
