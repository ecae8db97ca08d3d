import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'

export interface SecretVersion {
  readonly id: string
  readonly value: string
  /** Emulated time, milliseconds since the epoch. */
  readonly createdAt: number
}

export interface StoredSecret {
  readonly name: string
  readonly arn: string
  /** Oldest first: the last is AWSCURRENT, the one before it AWSPREVIOUS. */
  readonly versions: readonly SecretVersion[]
}

/** Secrets Manager of one account; only secrets that are text. */
export interface Secrets {
  /** Creates the secret, or adds a version that becomes the current one. */
  put(name: string, value: string, versionId?: string): StoredSecret
  /** By name, ARN, or ARN without the six characters at its end. */
  find(nameOrArn: string): StoredSecret | undefined
}

export interface SecretsOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
  readonly clock: Clock
}

export function createSecrets(options: SecretsOptions): Secrets {
  const { partition, account, region, clock } = options
  const prefix = `arn:${partition}:secretsmanager:${region}:${account}:secret:`
  const stored = new Map<string, StoredSecret & { readonly versions: SecretVersion[] }>()
  const newArn = (name: string): string => `${prefix}${name}-${suffix()}`
  return {
    put(name, value, versionId = randomUUID()) {
      const known = stored.get(name) ?? { name, arn: newArn(name), versions: [] }
      known.versions.push({ id: versionId, value, createdAt: clock.now() })
      stored.set(name, known)
      return known
    },
    find(nameOrArn) {
      if (!nameOrArn.startsWith(prefix)) return stored.get(nameOrArn)
      const whole = [...stored.values()].find(({ arn }) => arn === nameOrArn)
      return whole ?? stored.get(nameOrArn.slice(prefix.length))
    }
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function suffix(): string {
  return Array.from(randomBytes(6), (byte) => LETTERS[byte % LETTERS.length]).join('')
}
