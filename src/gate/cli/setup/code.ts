import { createHash } from 'node:crypto'
import { VERSION } from '../../../release/version.ts'
import { say } from '../../../words/say.ts'
import { addParameters, parametersIn, type StackParameters } from './parameters-file.ts'
import { AwsCliError, SetupError, type SetupPorts } from './ports.ts'

export interface CodeOptions {
  /** The folder with a release's assets. */
  readonly from: string
  /** Undefined: one named after prefix, account and region. */
  readonly bucket: string | undefined
  readonly createsBucket: boolean
  /** Undefined: that of the AWS CLI. */
  readonly region: string | undefined
  readonly prefix: string
  /** Path of the file of parameters. */
  readonly parameters: string
  /** Further parameters that go into it. */
  readonly set: StackParameters
}

const ZIP = 'gate.zip'
const CHECKSUMS = 'checksums.txt'
const NONE = ['NoSuchBucket', '404', 'NotFound']

/**
 * Puts the functions' code where CloudFormation takes it from: a bucket in the stack's region. The
 * zip is sent only if it is the one of the checksums beside it. Its key holds version and digest, so
 * that CloudFormation notices new code and an old stack keeps its own.
 * Errors: SetupError, AwsCliError, those of the file system.
 */
export async function setupCode(ports: SetupPorts, options: CodeOptions): Promise<void> {
  const { aws, tell } = ports
  // The file is read before anything is written, here or in the account.
  await parametersIn(ports, options.parameters)
  const { bytes, digest } = await verified(ports, options.from)
  tell(say`${ZIP}: ${bytes} bytes, as ${CHECKSUMS} says`)
  const region = options.region ?? (await regionOfCli(aws))
  const own = ['--region', region]
  const { account, partition } = await callerOf(aws, own)
  const bucket = options.bucket ?? `${options.prefix}-code-${account}-${region}`
  // A bucket of that name may be somebody else's, who would then say what the functions run.
  const ours = ['--expected-bucket-owner', account]
  await findOrCreate()
  const key = `gate-${VERSION}-${digest.slice(0, 12)}.zip`
  const body = ['--body', `${options.from}/${ZIP}`]
  const object = ['--bucket', bucket, '--key', key]
  await aws(['s3api', 'put-object', ...object, ...body, ...ours, ...own])
  tell(say`put as s3://${bucket}/${key}`)
  const parameters = { CodeBucket: bucket, CodeKey: key, ...options.set }
  await addParameters(ports, options.parameters, parameters)
  tell(say`${options.parameters} names it: --parameter-overrides file://${options.parameters}`)

  async function findOrCreate(): Promise<void> {
    const where = await locationOf()
    if (where === undefined) {
      if (options.createsBucket) return createBucket()
      throw new SetupError(
        say`there is no bucket ${bucket} in this account: add --create-bucket to make it, or name one with --bucket`
      )
    }
    if (where !== region) {
      throw new SetupError(
        say`the bucket ${bucket} is in ${where}, the stack in ${region}: Lambda takes code from no other region; name another one with --bucket`
      )
    }
  }

  /** The region of the bucket; undefined if there is none. */
  async function locationOf(): Promise<string | undefined> {
    try {
      const asked = ['s3api', 'get-bucket-location', '--bucket', bucket, ...ours, ...own]
      const text = await aws([...asked, '--query', 'LocationConstraint', '--output', 'text'])
      const where = text.trim()
      // "Buckets in Region us-east-1 have a LocationConstraint of null" (S3, GetBucketLocation).
      return where === 'None' || where === 'null' || where === '' ? 'us-east-1' : where
    } catch (error) {
      if (!(error instanceof AwsCliError)) throw error
      if (NONE.includes(error.code ?? '')) return undefined
      if (error.code !== 'AccessDenied') throw error
      throw new SetupError(
        say`the bucket ${bucket} is not this account's, or these credentials may not look at it; name another one with --bucket`,
        { cause: error }
      )
    }
  }

  /** Private, with versions, and over TLS only. */
  async function createBucket(): Promise<void> {
    const named = ['--bucket', bucket]
    const place =
      region === 'us-east-1'
        ? []
        : ['--create-bucket-configuration', `LocationConstraint=${region}`]
    await aws(['s3api', 'create-bucket', ...named, ...place, ...own])
    const blocked = [
      'BlockPublicAcls',
      'IgnorePublicAcls',
      'BlockPublicPolicy',
      'RestrictPublicBuckets'
    ]
    const configuration = blocked.map((each) => `${each}=true`).join(',')
    const block = ['--public-access-block-configuration', configuration]
    await aws(['s3api', 'put-public-access-block', ...named, ...block, ...ours, ...own])
    const versions = ['--versioning-configuration', 'Status=Enabled']
    await aws(['s3api', 'put-bucket-versioning', ...named, ...versions, ...ours, ...own])
    const policy = ['--policy', tlsOnly(`arn:${partition}:s3:::${bucket}`)]
    await aws(['s3api', 'put-bucket-policy', ...named, ...policy, ...ours, ...own])
    tell(say`made the bucket ${bucket} in ${region}: private, with versions, over TLS only`)
  }
}

function tlsOnly(arn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OverTlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } }
      }
    ]
  })
}

async function verified(
  { readBytes, readText }: SetupPorts,
  from: string
): Promise<{ bytes: number; digest: string }> {
  const [zip, checksums] = await Promise.all([
    readBytes(`${from}/${ZIP}`),
    readText(`${from}/${CHECKSUMS}`)
  ])
  const digest = createHash('sha256').update(zip).digest('hex')
  const named = checksums.split('\n').find((line) => line.slice(64).trim() === ZIP)
  if (named === undefined) throw new SetupError(say`${from}/${CHECKSUMS} does not name ${ZIP}`)
  if (named.slice(0, 64) !== digest) {
    throw new SetupError(
      say`${from}/${ZIP} is not the one of the release: its SHA-256 is ${digest}, ${CHECKSUMS} says ${named.slice(0, 64)}; nothing was sent. Download the release again`
    )
  }
  return { bytes: zip.length, digest }
}

async function callerOf(
  aws: SetupPorts['aws'],
  own: readonly string[]
): Promise<{ account: string; partition: string }> {
  const asked = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']
  const arn = (await aws([...asked, ...own])).trim()
  const [, partition = '', , , account = ''] = arn.split(':')
  if (!/^\d{12}$/.test(account))
    throw new SetupError(say`AWS says who calls, but no account: ${arn}`)
  return { account, partition }
}

/** The region that the AWS CLI would use. */
async function regionOfCli(aws: SetupPorts['aws']): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const named = AWS_REGION || AWS_DEFAULT_REGION
  if (named) return named
  // It exits with 1 if nothing is configured.
  const text = await aws(['configure', 'get', 'region']).catch(() => '')
  if (text.trim() !== '') return text.trim()
  throw new SetupError(say`no region: set AWS_REGION, or give --region`)
}
