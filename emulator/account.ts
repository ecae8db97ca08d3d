import { Metrics } from './cloudwatch/metrics.ts'
import { cloudwatchOperations } from './cloudwatch/operations.ts'
import { createAlarms } from './cloudwatch/store.ts'
import type { Clock } from './clock.ts'
import { onStateChange } from './codedeploy/notifications.ts'
import { createCodeDeployState } from './codedeploy/state.ts'
import { codedeployOperations } from './codedeploy/operations.ts'
import type { TaskRuntime } from './dataplane/runtime.ts'
import type { Traffic } from './dataplane/traffic.ts'
import { createStreams } from './dynamodb/streams.ts'
import { createTables } from './dynamodb/tables.ts'
import type { Tables } from './dynamodb/tables.ts'
import { createInstances } from './ec2/instances.ts'
import { createEcs } from './ecs/ecs.ts'
import type { EcsOperations } from './ecs/operations.ts'
import { createElb } from './elbv2/elb.ts'
import type { ElbOperations } from './elbv2/operations.ts'
import { createEvents } from './events/bus.ts'
import { createKeys } from './kms/keys.ts'
import { ecrOperations } from './ecr/operations.ts'
import { iamOperations } from './iam/operations.ts'
import { createRoles } from './iam/roles.ts'
import { createLogGroups } from './logs/groups.ts'
import { logsOperations } from './logs/operations.ts'
import { kmsOperations } from './kms/operations.ts'
import { createLambda } from './lambda/lambda.ts'
import { lambdaOperations } from './lambda/operations.ts'
import { secretsOperations } from './secretsmanager/operations.ts'
import { createSecrets } from './secretsmanager/secrets.ts'
import { ssmOperations } from './ssm/operations.ts'
import { createParameters } from './ssm/parameters.ts'
import type { Switches } from './switches.ts'
import { routesOf } from './vpc.ts'
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
  /** How many events all functions may handle at once. */
  readonly functionConcurrency: number
  readonly functionEnvironment: (
    functionName: string,
    role: string | undefined
  ) => Readonly<Record<string, string>>
}

/** The API of each service, as callers inside the process may use it too. */
export interface AccountOperations {
  readonly ecs: EcsOperations
  readonly elasticloadbalancing: ElbOperations
  readonly codedeploy: typeof codedeployOperations
  readonly lambda: typeof lambdaOperations
  readonly cloudwatch: typeof cloudwatchOperations
  readonly kms: typeof kmsOperations
  readonly ssm: typeof ssmOperations
  readonly secretsmanager: typeof secretsOperations
  readonly ecr: typeof ecrOperations
  readonly logs: typeof logsOperations
  readonly iam: typeof iamOperations
}

/** An account with nothing in it but the cluster `default`, not yet reachable over HTTP. */
export interface Account {
  readonly world: World
  readonly operations: AccountOperations
  /** What has gone through the listeners. */
  readonly traffic: Traffic
  /** DynamoDB, which keeps a server of its own. */
  readonly tables: Tables
  /** Ends every wait, task, proxy, function and table. */
  close(): Promise<void>
}

/** Puts the services of one account together. */
export function createAccount(options: AccountOptions): Account {
  const { partition, account, region, clock, switches, runtime, proxies } = options
  const closing = new AbortController()
  const place = { partition, account, region, clock, closing: closing.signal }
  const metrics = new Metrics(clock, switches)
  const instances = createInstances({ runtime })
  const elb = createElb({
    ...place,
    switches,
    probe: runtime.probe,
    proxies,
    figures: metrics,
    instances
  })
  const logGroups = createLogGroups(place)
  const ecs = createEcs({ ...place, switches, elb, runtime, logs: logGroups })
  const lambda = createLambda({
    ...place,
    accountConcurrency: options.functionConcurrency,
    environment: options.functionEnvironment,
    routes: () => routesOf(elb.state, ecs.state)
  })
  const codedeploy = createCodeDeployState(clock)
  const streams = createStreams({ ...place, lambda })
  const world: World = {
    ...place,
    switches,
    ecs: ecs.state,
    ecsControl: ecs.control,
    instances,
    elb: elb.state,
    elbControl: elb.control,
    codedeploy,
    lambda,
    streams,
    events: createEvents({
      ...place,
      switches,
      lambda,
      onStateChange: (listener) => onStateChange(codedeploy, listener)
    }),
    alarms: createAlarms(),
    metrics,
    keys: createKeys(place),
    parameters: createParameters(place),
    secrets: createSecrets(place),
    exports: new Map(),
    logGroups,
    roles: createRoles(place)
  }
  const tables = createTables({ ...place, onPut: (table, item) => streams.inserted(table, item) })
  return {
    world,
    operations: {
      ecs: ecs.operations,
      elasticloadbalancing: elb.operations,
      codedeploy: codedeployOperations,
      lambda: lambdaOperations,
      cloudwatch: cloudwatchOperations,
      kms: kmsOperations,
      ssm: ssmOperations,
      secretsmanager: secretsOperations,
      ecr: ecrOperations,
      logs: logsOperations,
      iam: iamOperations
    },
    traffic: elb.traffic,
    tables,
    async close() {
      closing.abort(new Error('the emulator is closing'))
      tables.close()
      await Promise.all([ecs.close(), elb.close(), lambda.close()])
    }
  }
}
