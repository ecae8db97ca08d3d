import type { Clock } from '../clock.ts'
import type { TaskRuntime } from '../dataplane/runtime.ts'
import type { Elb } from '../elbv2/elb.ts'
import type { EcsContext } from './context.ts'
import type { EcsControl } from './control.ts'
import type { LogGroups } from '../logs/groups.ts'
import type { Switches } from '../switches.ts'
import { ecsOperations } from './operations.ts'
import type { EcsOperations } from './operations.ts'
import { OneOffTasks } from './one-off-tasks.ts'
import { Scheduler } from './scheduler.ts'
import type { EcsState } from './state.ts'
import { createControl } from './task-sets.ts'

export interface EcsOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
  readonly closing: AbortSignal
  readonly elb: Elb
  readonly runtime: TaskRuntime
  readonly logs: Pick<LogGroups, 'write'>
  readonly switches: Pick<Switches, 'stoppedTask'>
}

/** The clusters of one emulated account. */
export interface Ecs {
  readonly state: EcsState
  readonly control: EcsControl
  readonly operations: EcsOperations
  /** Ends every task. To be called after `closing` was aborted, so that none is replaced. */
  close(): Promise<void>
}

/** Creates an account with the cluster `default` and nothing in it. */
export function createEcs(options: EcsOptions): Ecs {
  const { partition, region, account, clock, closing, elb, runtime, switches, logs } = options
  const arn = (resource: string): string => `arn:${partition}:ecs:${region}:${account}:${resource}`
  const state: EcsState = {
    clusters: new Map([
      ['default', { name: 'default', arn: arn('cluster/default'), settings: [], tags: [] }]
    ]),
    families: new Map(),
    services: new Map(),
    tasks: new Map(),
    runs: new Map(),
    unplaceable: undefined
  }
  const scheduler = new Scheduler({
    ...{ state, runtime, logs, switches, clock, closing, arn },
    elb: elb.control
  })
  elb.onHealth((group, target) => scheduler.healthChanged(group, target))
  const oneOff = new OneOffTasks({ state, runtime, logs, clock, closing, arn })
  const context: EcsContext = { state, scheduler, oneOff, elb: elb.state, clock, closing, arn }
  return {
    state,
    control: createControl(context),
    operations: ecsOperations(context),
    close: async () => runtime.close()
  }
}
