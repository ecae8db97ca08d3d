import { CallLog } from './call-log.ts'
import type { Tables } from './dynamodb/tables.ts'
import { Faults } from './faults.ts'
import { Gateway } from './http/gateway.ts'
import { serve } from './http/server.ts'
import type { Handler } from './http/server.ts'
import { awsServices } from './http/services.ts'
import type { ServiceId } from './http/services.ts'
import { CredentialStore } from './sts/credentials.ts'
import type { Credentials } from './sts/credentials.ts'
import { stsOperations, UNSIGNED_STS_OPERATIONS } from './sts/operations.ts'
import type { StsOptions } from './sts/operations.ts'
import { Throttle } from './throttle.ts'
import type { Operations, World } from './world.ts'

export interface FrontOptions {
  readonly world: World
  readonly operations: Readonly<Record<Exclude<ServiceId, 'sts'>, Operations>>
  /** Where DynamoDB's requests go. */
  readonly tables: Pick<Tables, 'forward'>
  /** 0 takes a free port. */
  readonly port: number
  readonly sts: StsOptions
  /** Told of what went wrong inside the emulator itself; its client sees `InternalFailure`. */
  readonly onInternalError: (error: unknown) => void
  /** Other HTTP on the same port, by the beginning of the path. */
  readonly routes: (parts: FrontParts) => readonly (readonly [prefix: string, handler: Handler])[]
}

export interface FrontParts {
  readonly faults: Faults
  readonly calls: CallLog
  readonly credentials: CredentialStore
}

/** The side of the emulated account that clients see. */
export interface Front extends FrontParts {
  readonly endpoint: string
  /** The keys of the account's user, which never expire. */
  readonly userKeys: Credentials
  close(): Promise<void>
}

/** Opens the HTTP endpoint of a world. */
export async function openFront(options: FrontOptions): Promise<Front> {
  const { world, operations, tables } = options
  const faults = new Faults(world.clock)
  const calls = new CallLog()
  const credentials = new CredentialStore(world.clock, world.region)
  const gateway = new Gateway({
    world,
    services: awsServices({ ...operations, sts: stsOperations(credentials, options.sts) }, tables),
    credentials,
    faults,
    calls,
    throttle: new Throttle(world.clock, world.switches),
    unsigned: UNSIGNED_STS_OPERATIONS,
    onInternalError: options.onInternalError
  })
  const parts: FrontParts = { faults, calls, credentials }
  const server = await serve(options.port, [
    ...options.routes(parts),
    ['/', (request) => gateway.handle(request)]
  ])
  return {
    ...parts,
    endpoint: `http://127.0.0.1:${server.port}`,
    userKeys: credentials.addUser(`arn:${world.partition}:iam::${world.account}:user/release`),
    close: () => server.close()
  }
}

/** What an AWS client, whatever its language, needs in its environment to talk to this endpoint alone. */
export function clientEnvironment(
  endpoint: string,
  region: string,
  keys: Credentials
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...(keys.sessionToken !== undefined && { AWS_SESSION_TOKEN: keys.sessionToken }),
    AWS_EC2_METADATA_DISABLED: 'true'
  }
}
