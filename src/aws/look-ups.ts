import type { OptionalReads } from './optional-reads.ts'
import type { ClientConfig, Clients } from './clients.ts'
import type { EcrImage } from '../taskdef/named.ts'
import { errorName } from './errors.ts'
import { say } from '../words/say.ts'

/** What was asked for, `absent` if AWS says that there is none, undefined if there was no answer. */
export type Asked<T> = T | 'absent' | undefined

export interface FunctionState {
  readonly state: string
  readonly reason: string | undefined
}

export interface RoleFacts {
  readonly arn: string
  /** Its trust policy, as JSON. */
  readonly trust: string
}

/**
 * Looks up what a release names, in services that it does not use otherwise. Each right is optional, and
 * each client is loaded with the first question to it. A region of undefined is the job's own. No method
 * rejects.
 */
export interface LookUps {
  /** Name or ARN, with a qualifier or without. */
  lambda(nameOrArn: string): Promise<Asked<FunctionState>>
  /** Resolves with the image's digest. */
  image(image: EcrImage): Promise<Asked<string>>
  /** Prefixes of repositories that ECR fills from another registry when an image is pulled. */
  cachePrefixes(image: EcrImage): Promise<readonly string[] | undefined>
  logGroup(name: string, region: string | undefined): Promise<Asked<'there'>>
  role(name: string): Promise<Asked<RoleFacts>>
  /** Name or ARN. Values are not read. */
  secret(id: string, region: string | undefined): Promise<Asked<'there' | 'being-deleted'>>
  /** Resolves with those of the names that exist. Values are not read. */
  parameters(
    names: readonly string[],
    region: string | undefined
  ): Promise<ReadonlySet<string> | undefined>
}

/** Codes with which a service says that what was asked for does not exist. */
const ABSENT = new Set([
  'ResourceNotFoundException',
  'RepositoryNotFoundException',
  'ImageNotFoundException',
  'NoSuchEntityException',
  'NoSuchEntity'
])

/** The most values of one filter, and the most results of one page (SSM API reference, DescribeParameters). */
const PARAMETERS_AT_ONCE = 50

export function lookUps(
  { config }: Pick<Clients, 'config'>,
  optionalReads: OptionalReads
): LookUps {
  const inRegion = (region: string | undefined): ClientConfig =>
    region === undefined ? config : { ...config, region }
  const ask = <T>(
    right: string,
    read: (options: { readonly abortSignal: AbortSignal }) => Promise<T | 'absent'>
  ): Promise<Asked<T>> =>
    optionalReads.read(right, async (abortSignal) => {
      try {
        return await read({ abortSignal })
      } catch (error) {
        if (ABSENT.has(errorName(error))) return 'absent'
        throw error
      }
    })

  return {
    lambda: (nameOrArn) =>
      ask('lambda:GetFunctionConfiguration', async (options) => {
        const { LambdaClient, GetFunctionConfigurationCommand } =
          await import('@aws-sdk/client-lambda')
        const [, region] = /^arn:[^:]+:lambda:([^:]+):/.exec(nameOrArn) ?? []
        const answer = await new LambdaClient(inRegion(region)).send(
          new GetFunctionConfigurationCommand({ FunctionName: nameOrArn }),
          options
        )
        return { state: answer.State ?? 'Active', reason: answer.StateReason }
      }),

    image: ({ registry, region, repository, id }) =>
      ask('ecr:DescribeImages', async (options) => {
        const { ECRClient, DescribeImagesCommand } = await import('@aws-sdk/client-ecr')
        const answer = await new ECRClient(inRegion(region)).send(
          new DescribeImagesCommand({
            registryId: registry,
            repositoryName: repository,
            imageIds: [id]
          }),
          options
        )
        // An archived image, which cannot be pulled, is in no answer (ECR API reference, DescribeImagesFilter).
        return answer.imageDetails?.[0]?.imageDigest ?? 'absent'
      }),

    async cachePrefixes({ registry, region }) {
      const found = await ask('ecr:DescribePullThroughCacheRules', async (options) => {
        const { ECRClient, DescribePullThroughCacheRulesCommand } =
          await import('@aws-sdk/client-ecr')
        const client = new ECRClient(inRegion(region))
        return everyPage(async (nextToken) => {
          const { pullThroughCacheRules = [], nextToken: next } = await client.send(
            new DescribePullThroughCacheRulesCommand({ registryId: registry, nextToken }),
            options
          )
          return {
            next,
            items: pullThroughCacheRules.flatMap(({ ecrRepositoryPrefix }) =>
              ecrRepositoryPrefix === undefined ? [] : [ecrRepositoryPrefix]
            )
          }
        })
      })
      return found === 'absent' ? [] : found
    },

    logGroup: (name, region) =>
      ask('logs:DescribeLogGroups', async (options) => {
        const { CloudWatchLogsClient, DescribeLogGroupsCommand } =
          await import('@aws-sdk/client-cloudwatch-logs')
        const client = new CloudWatchLogsClient(inRegion(region))
        const names = await everyPage(async (nextToken) => {
          const { logGroups = [], nextToken: next } = await client.send(
            new DescribeLogGroupsCommand({ logGroupNamePrefix: name, nextToken }),
            options
          )
          const items = logGroups.flatMap(({ logGroupName }) => logGroupName ?? [])
          return { next: items.includes(name) ? undefined : next, items }
        })
        return names.includes(name) ? 'there' : 'absent'
      }),

    role: (name) =>
      ask('iam:GetRole', async (options) => {
        const { IAMClient, GetRoleCommand } = await import('@aws-sdk/client-iam')
        const { Role } = await new IAMClient(config).send(
          new GetRoleCommand({ RoleName: name }),
          options
        )
        if (Role?.Arn === undefined) throw new Error(say`GetRole answered without a role`)
        // IAM API reference, Role: the policy is URL-encoded (RFC 3986).
        return { arn: Role.Arn, trust: decodeURIComponent(Role.AssumeRolePolicyDocument ?? '') }
      }),

    secret: (id, region) =>
      ask('secretsmanager:DescribeSecret', async (options) => {
        const { SecretsManagerClient, DescribeSecretCommand } =
          await import('@aws-sdk/client-secrets-manager')
        const { DeletedDate } = await new SecretsManagerClient(inRegion(region)).send(
          new DescribeSecretCommand({ SecretId: id }),
          options
        )
        return DeletedDate === undefined ? 'there' : 'being-deleted'
      }),

    async parameters(names, region) {
      const found = await ask('ssm:DescribeParameters', async (options) => {
        const { SSMClient, DescribeParametersCommand } = await import('@aws-sdk/client-ssm')
        const client = new SSMClient(inRegion(region))
        const groups = Array.from(
          { length: Math.ceil(names.length / PARAMETERS_AT_ONCE) },
          (_, n) => names.slice(n * PARAMETERS_AT_ONCE, (n + 1) * PARAMETERS_AT_ONCE)
        )
        const pages = await Promise.all(
          groups.map((Values) =>
            everyPage(async (NextToken) => {
              const answer = await client.send(
                new DescribeParametersCommand({
                  ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values }],
                  MaxResults: PARAMETERS_AT_ONCE,
                  NextToken
                }),
                options
              )
              const items = (answer.Parameters ?? []).flatMap(({ Name }) => Name ?? [])
              return { next: answer.NextToken, items }
            })
          )
        )
        return new Set(pages.flat())
      })
      return found === 'absent' ? new Set() : found
    }
  }
}

/** A page may be empty and still have a next one. */
async function everyPage(
  read: (token: string | undefined) => Promise<{
    readonly items: readonly string[]
    readonly next: string | undefined
  }>
): Promise<readonly string[]> {
  const all: string[] = []
  let token: string | undefined
  do {
    const { items, next } = await read(token)
    all.push(...items)
    token = next
  } while (token !== undefined)
  return all
}
