import type { Clock } from '../clock.ts'
import type { Instances } from '../ec2/instances.ts'
import type { ElbState, StoredListener } from './state.ts'
import type { Targets } from './targets.ts'

/** What the operations work on. */
export interface ElbContext {
  readonly state: ElbState
  readonly targets: Targets
  /** What can be registered besides addresses of this machine. */
  readonly instances: Pick<Instances, 'find'>
  readonly clock: Clock
  readonly region: string
  /** `arn:<partition>:elasticloadbalancing:<region>:<account>:<resource>` */
  readonly arn: (resource: string) => string
  /** 16 hex digits, as every ELB ARN ends. */
  readonly newId: () => string
  /** Opens the listener's proxy. */
  readonly bind: (listener: StoredListener) => Promise<void>
}
