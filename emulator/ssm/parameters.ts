import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

export type ParameterType = 'String' | 'StringList' | 'SecureString'

export interface ParameterVersion {
  readonly version: number
  readonly type: ParameterType
  readonly value: string
  /** What is shown of a SecureString to those who do not ask for decryption. */
  readonly ciphertext: string
  /** Emulated time, milliseconds since the epoch. */
  readonly modifiedAt: number
}

export interface StoredParameter {
  readonly name: string
  readonly arn: string
  /** Oldest first, at least one. */
  readonly versions: readonly ParameterVersion[]
}

/** Parameter Store of one account. */
export interface Parameters {
  /** Adds a version; the type stays that of the first unless given. */
  put(name: string, value: string, type?: ParameterType): StoredParameter
  /** By name or ARN, without a version. */
  find(nameOrArn: string): StoredParameter | undefined
}

export interface ParametersOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
}

export function createParameters(options: ParametersOptions): Parameters {
  const { partition, account, region, clock } = options
  const prefix = `arn:${partition}:ssm:${region}:${account}:parameter`
  const stored = new Map<string, StoredParameter & { readonly versions: ParameterVersion[] }>()
  // A name with a path begins with the slash that others get in their ARN.
  const arnOf = (name: string): string => `${prefix}${name.startsWith('/') ? '' : '/'}${name}`
  return {
    put(name, value, type) {
      const known = stored.get(name) ?? { name, arn: arnOf(name), versions: [] }
      const last = known.versions.at(-1)
      known.versions.push({
        version: known.versions.length + 1,
        type: type ?? last?.type ?? 'String',
        value,
        ciphertext: randomBytes(Buffer.byteLength(value) + 96).toString('base64'),
        modifiedAt: clock.now()
      })
      stored.set(name, known)
      return known
    },
    find(nameOrArn) {
      if (!nameOrArn.startsWith(prefix)) return stored.get(nameOrArn)
      const path = nameOrArn.slice(prefix.length)
      return stored.get(path) ?? stored.get(path.slice(1))
    }
  }
}
