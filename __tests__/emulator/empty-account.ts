import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { KMSClient } from '@aws-sdk/client-kms'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import { ManualClock } from '../../emulator/clock.ts'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../../emulator/emulator.ts'
import type { Emulator, EmulatorOptions } from '../../emulator/emulator.ts'
import type { Credentials } from '../../emulator/sts/credentials.ts'

export interface ClientSettings {
  readonly credentials?: Credentials
  readonly region?: string
  readonly maxAttempts?: number
}

/** An account with nothing in it, in virtual time, and the SDK's clients for it. */
export class EmptyAccount {
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly #internal: unknown[]

  constructor(emulator: Emulator, clock: ManualClock, internal: unknown[]) {
    this.emulator = emulator
    this.clock = clock
    this.#internal = internal
  }

  readonly ecs = (given?: ClientSettings) => new ECSClient(this.#settings(given))
  readonly elb = (given?: ClientSettings) => new ElasticLoadBalancingV2Client(this.#settings(given))
  readonly codedeploy = (given?: ClientSettings) => new CodeDeployClient(this.#settings(given))
  readonly cloudwatch = (given?: ClientSettings) => new CloudWatchClient(this.#settings(given))
  readonly lambda = (given?: ClientSettings) => new LambdaClient(this.#settings(given))
  readonly dynamodb = (given?: ClientSettings) => new DynamoDBClient(this.#settings(given))
  readonly kms = (given?: ClientSettings) => new KMSClient(this.#settings(given))
  readonly ssm = (given?: ClientSettings) => new SSMClient(this.#settings(given))
  readonly secrets = (given?: ClientSettings) => new SecretsManagerClient(this.#settings(given))
  readonly sts = (given?: ClientSettings) => new STSClient(this.#settings(given))

  /** Takes away faults and the call log; returns what has gone wrong inside the emulator itself. */
  reset(): unknown[] {
    this.emulator.faults.clear()
    this.emulator.calls.clear()
    return this.#internal.splice(0)
  }

  #settings({ credentials, region, maxAttempts = 1 }: ClientSettings = {}) {
    return {
      endpoint: this.emulator.endpoint,
      region: region ?? this.emulator.world.region,
      credentials: credentials ?? this.emulator.userKeys,
      maxAttempts
    }
  }
}

export async function openEmptyAccount(
  options: Pick<EmulatorOptions, 'functionConcurrency'> = {}
): Promise<EmptyAccount> {
  const clock = new ManualClock()
  const internal: unknown[] = []
  const emulator = await startEmulator({
    ...options,
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false,
    onInternalError: (error) => internal.push(error)
  })
  return new EmptyAccount(emulator, clock, internal)
}
