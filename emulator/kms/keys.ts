import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'

/** What a key is for: only the first computes MACs. */
export type KeyUsage = 'GENERATE_VERIFY_MAC' | 'ENCRYPT_DECRYPT'
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion'

export interface StoredKey {
  readonly id: string
  readonly arn: string
  readonly usage: KeyUsage
  state: KeyState
  /** HMAC-SHA-256 under the key's random 256 bits, which nothing gives out. */
  mac(message: Uint8Array): Buffer
  verify(message: Uint8Array, mac: Uint8Array): boolean
}

/** The KMS keys of one account. */
export interface Keys {
  /** A key of spec HMAC_256 unless `usage` says otherwise; `alias` with or without `alias/`. */
  create(options?: { readonly alias?: string; readonly usage?: KeyUsage }): StoredKey
  /** Gives a key that exists one more name, with or without `alias/`. */
  alias(name: string, key: StoredKey): void
  /** By id, ARN, `alias/name` or the alias's ARN. */
  find(nameOrArn: string): StoredKey | undefined
}

export interface KeysOptions {
  readonly partition: string
  readonly account: string
  readonly region: string
}

export function createKeys({ partition, account, region }: KeysOptions): Keys {
  const keys = new Map<string, StoredKey>()
  const aliases = new Map<string, StoredKey>()
  const prefix = `arn:${partition}:kms:${region}:${account}:`
  const alias = (name: string, key: StoredKey): void => {
    aliases.set(name.replace(/^alias\//, ''), key)
  }
  return {
    create({ alias: name, usage = 'GENERATE_VERIFY_MAC' } = {}) {
      const key = newKey(`${prefix}key/`, usage)
      keys.set(key.id, key)
      if (name !== undefined) alias(name, key)
      return key
    },
    alias,
    find(nameOrArn) {
      const name = nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn
      if (name.startsWith('alias/')) return aliases.get(name.slice('alias/'.length))
      return keys.get(name.replace(/^key\//, ''))
    }
  }
}

function newKey(prefix: string, usage: KeyUsage): StoredKey {
  const id = randomUUID()
  const secret = randomBytes(32)
  const mac = (message: Uint8Array): Buffer => createHmac('sha256', secret).update(message).digest()
  return {
    id,
    arn: prefix + id,
    usage,
    state: 'Enabled',
    mac,
    verify(message, given) {
      const right = mac(message)
      return given.length === right.length && timingSafeEqual(given, right)
    }
  }
}
