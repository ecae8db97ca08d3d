import { cloudwatchOperations } from './cloudwatch/operations.ts'
import { createAlarms } from './cloudwatch/store.ts'
import type { Clock } from './clock.ts'
import { createCodeDeployState } from './codedeploy/state.ts'
import { codedeployOperations } from './codedeploy/operations.ts'
import type { TaskRuntime } from './dataplane/runtime.ts'
import type { Traffic } from './dataplane/traffic.ts'
import { createEcs } from './ecs/ecs.ts'
import type { EcsOperations } from './ecs/operations.ts'
import { createElb } from './elbv2/elb.ts'
import type { ElbOperations } from './elbv2/operations.ts'
import { createLambda } from './lambda/lambda.ts'
import { lambdaOperations } from './lambda/operations.ts'
import type { Switches } from './switches.ts'
import type { World } from './world.ts'

export interface AccountOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
  readonly switches: Switches
  readonly runtime: TaskRuntime
  /** Whether listeners are real proxies on loopback. */
  readonly proxies: boolean
  readonly functionEnvironment: (functionName: string) => Readonly<Record<string, string>>
}

/** The API of each service, as callers inside the process may use it too. */
export interface AccountOperations {
  readonly ecs: EcsOperations
  readonly elasticloadbalancing: ElbOperations
  readonly codedeploy: typeof codedeployOperations
  readonly lambda: typeof lambdaOperations
  readonly cloudwatch: typeof cloudwatchOperations
}

/** An account with nothing in it but the cluster `default`, not yet reachable over HTTP. */
export interface Account {
  readonly world: World
  readonly operations: AccountOperations
  /** What has gone through the listeners. */
  readonly traffic: Traffic
  /** Ends every wait, task, proxy and function. */
  close(): Promise<void>
}

/** Puts the services of one account together. */
export function createAccount(options: AccountOptions): Account {
  const { partition, account, region, clock, switches, runtime, proxies } = options
  const closing = new AbortController()
  const place = { partition, account, region, clock, closing: closing.signal }
  const elb = createElb({ ...place, switches, probe: runtime.probe, proxies })
  const ecs = createEcs({ ...place, elb, runtime })
  const lambda = createLambda({ ...place, environment: options.functionEnvironment })
  const world: World = {
    ...place,
    switches,
    ecs: ecs.state,
    ecsControl: ecs.control,
    elb: elb.state,
    elbControl: elb.control,
    codedeploy: createCodeDeployState(clock),
    lambda,
    alarms: createAlarms()
  }
  return {
    world,
    operations: {
      ecs: ecs.operations,
      elasticloadbalancing: elb.operations,
      codedeploy: codedeployOperations,
      lambda: lambdaOperations,
      cloudwatch: cloudwatchOperations
    },
    traffic: elb.traffic,
    async close() {
      closing.abort(new Error('the emulator is closing'))
      await Promise.all([ecs.close(), elb.close(), lambda.close()])
    }
  }
}
