import { isMapping, mappingIn, mappingsIn, textIn, type Mapping } from '../documents/mapping.ts'
import { IMAGE_REFERENCE } from './image.ts'

/** What a task definition names and ECS needs before it can start a task. Each is named once. */
export interface Named {
  readonly images: readonly NamedImage[]
  readonly logGroups: readonly NamedLogGroup[]
  /** By name or ARN. */
  readonly roles: readonly string[]
  /** Whole ARNs or names, without a key, stage or version. */
  readonly secrets: readonly NamedThing[]
  /** Names, or ARNs, without a version. */
  readonly parameters: readonly NamedThing[]
}

/** Its `region` is undefined where it is that of the tasks. */
export interface NamedThing {
  readonly id: string
  readonly region: string | undefined
}

export interface NamedImage {
  readonly image: string
  /** Undefined if the image is in another registry than Amazon ECR's private one. */
  readonly ecr: EcrImage | undefined
}

export interface EcrImage {
  /** The account that owns the registry. */
  readonly registry: string
  readonly region: string
  readonly repository: string
  /** As ECS takes it: the digest alone counts if both are given, and no tag means `latest`. */
  readonly id: { readonly imageDigest: string } | { readonly imageTag: string }
}

export interface NamedLogGroup {
  readonly name: string
  readonly region: string | undefined
}

/** `<account>.dkr.ecr.<region>.amazonaws.com`, and `<account>.dkr-ecr.<region>.on.aws` with IPv6 (ECR user guide). */
const ECR_HOST = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.-]+$/

const SECRET_ARN = /^(arn:[^:]+:secretsmanager:([^:]+):[^:]*:secret:[^:]+)/
const PARAMETER_ARN = /^(arn:[^:]+:ssm:([^:]+):[^:]*:parameter\/[^:]+)/

export function namedIn(taskDefinition: Mapping): Named {
  const containers = mappingsIn(taskDefinition.containerDefinitions)
  const logs = containers.map((container) => mappingIn(container, 'logConfiguration'))
  const values = [
    ...containers.flatMap(({ secrets }) => mappingsIn(secrets)),
    ...logs.flatMap(({ secretOptions }) => mappingsIn(secretOptions))
  ].flatMap((secret) => textIn(secret, 'valueFrom') ?? [])
  const credentials = containers.flatMap(
    (container) =>
      textIn(mappingIn(container, 'repositoryCredentials'), 'credentialsParameter') ?? []
  )
  const isSecret = (text: string): boolean => SECRET_ARN.test(text)
  return {
    images: once(containers.flatMap((container) => textIn(container, 'image') ?? [])).map(
      (image) => ({ image, ecr: ecrImage(image) })
    ),
    logGroups: distinct(logs.flatMap(logGroupOf)),
    roles: once(
      ['executionRoleArn', 'taskRoleArn'].flatMap((name) => textIn(taskDefinition, name) ?? [])
    ),
    secrets: distinct([
      ...values.filter(isSecret).map((text) => arnOrName(text, SECRET_ARN)),
      ...credentials.map((text) => arnOrName(text, SECRET_ARN))
    ]),
    parameters: distinct(
      values.filter((text) => !isSecret(text)).map((text) => arnOrName(text, PARAMETER_ARN))
    )
  }
}

function ecrImage(image: string): EcrImage | undefined {
  const { registry = '', repository = '', tag, digest } = IMAGE_REFERENCE.exec(image)?.groups ?? {}
  const [, account, region] = ECR_HOST.exec(registry) ?? []
  if (account === undefined || region === undefined) return undefined
  return {
    registry: account,
    region,
    repository,
    id: digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }
  }
}

/** A group that the driver may create itself is not asked for. */
function logGroupOf(log: Mapping): NamedLogGroup[] {
  const options = isMapping(log.options) ? log.options : {}
  const name = textIn(options, 'awslogs-group')
  if (log.logDriver !== 'awslogs' || name === undefined) return []
  if (textIn(options, 'awslogs-create-group') === 'true') return []
  return [{ name, region: textIn(options, 'awslogs-region') }]
}

function arnOrName(text: string, arn: RegExp): NamedThing {
  const [, id, region] = arn.exec(text) ?? []
  return id === undefined ? { id: text.replace(/:.*$/, ''), region: undefined } : { id, region }
}

function once(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== ''))]
}

function distinct<T extends object>(things: readonly T[]): readonly T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()]
}
