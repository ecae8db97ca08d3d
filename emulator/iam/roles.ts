/** Roles of one account, as far as they are looked up. */
export interface Roles {
  /** `service`: whom its trust policy lets assume it. */
  create(name: string, service: string): void
  find(name: string): StoredRole | undefined
}

export interface StoredRole {
  readonly name: string
  readonly arn: string
  /** JSON. */
  readonly trust: string
  /** Emulated time, milliseconds since the epoch. */
  readonly createdAt: number
}

export interface RolesOptions {
  readonly partition: string
  readonly account: string
  readonly clock: { now(): number }
}

export function createRoles({ partition, account, clock }: RolesOptions): Roles {
  const stored = new Map<string, StoredRole>()
  return {
    create(name, service) {
      const statement = {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole'
      }
      stored.set(name, {
        name,
        arn: `arn:${partition}:iam::${account}:role/${name}`,
        trust: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
        createdAt: clock.now()
      })
    },
    find: (name) => stored.get(name)
  }
}
