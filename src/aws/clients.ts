import { ECSClient, type ECSClientConfig } from '@aws-sdk/client-ecs'
import type { CloudWatchClient, CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { AwsCredentialIdentityProvider } from '@aws-sdk/types'
import { callLimit, type CallLimit } from './call-limit.ts'

export interface ClientOptions {
  /** Undefined: the SDK resolves it by itself (AWS_REGION, shared config). */
  readonly region: string | undefined
  /** Undefined: the SDK's own chain, which starts with the job's environment. */
  readonly credentials: AwsCredentialIdentityProvider | undefined
  /** Retries after the first attempt. */
  readonly maxRetries: number
}

/** What every client of a release is made with. */
export type ClientConfig = Pick<
  ECSClientConfig,
  'region' | 'credentials' | 'requestHandler' | 'customUserAgent' | 'maxAttempts'
>

/** The AWS clients of one release. */
export interface Clients {
  /** For a client that only one folder uses. */
  readonly config: ClientConfig
  readonly ecs: ECSClient
  /** Loaded at the first use, because only some releases read the load balancer. */
  readonly loadBalancing: () => Promise<LoadBalancing>
  /** Loaded at the first use, because only a release with a ledger needs it. */
  readonly dynamodb: () => Promise<DynamoDBClient>
  /** Loaded at the first use, because only a release whose verification reads metrics needs it. */
  readonly cloudwatch: () => Promise<CloudWatch>
}

export interface LoadBalancing {
  readonly sdk: typeof import('@aws-sdk/client-elastic-load-balancing-v2')
  readonly client: ElasticLoadBalancingV2Client
}

/** Names two commands, so that the bundle holds no others. */
export interface CloudWatch {
  readonly sdk: Pick<
    typeof import('@aws-sdk/client-cloudwatch'),
    'DescribeAlarmsCommand' | 'GetMetricDataCommand'
  >
  readonly client: CloudWatchClient
}

/** The limit of one attempt, and the proxy; see `callLimit`. */
export function jobCallLimit(): CallLimit {
  return callLimit(5_000, 20_000)
}

export function createClients(options: ClientOptions): Clients {
  const config = {
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    ...jobCallLimit(),
    customUserAgent: 'ecs-gated-deploy'
  }
  const maxAttempts = options.maxRetries + 1
  let loadBalancing: Promise<LoadBalancing> | undefined
  let dynamodb: Promise<DynamoDBClient> | undefined
  let cloudwatch: Promise<CloudWatch> | undefined
  return {
    config: { ...config, maxAttempts },
    ecs: new ECSClient({ ...config, maxAttempts }),
    loadBalancing: () =>
      (loadBalancing ??= import('@aws-sdk/client-elastic-load-balancing-v2').then((sdk) => ({
        sdk,
        client: new sdk.ElasticLoadBalancingV2Client({ ...config, maxAttempts })
      }))),
    dynamodb: () =>
      (dynamodb ??= import('@aws-sdk/client-dynamodb').then(
        (sdk) => new sdk.DynamoDBClient({ ...config, maxAttempts })
      )),
    cloudwatch: () => (cloudwatch ??= openCloudWatch({ ...config, maxAttempts }))
  }
}

/** The module is destructured at once, so that the bundler leaves out what is not named here. */
async function openCloudWatch(config: CloudWatchClientConfig): Promise<CloudWatch> {
  const { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } =
    await import('@aws-sdk/client-cloudwatch')
  return {
    sdk: { DescribeAlarmsCommand, GetMetricDataCommand },
    client: new CloudWatchClient(config)
  }
}
