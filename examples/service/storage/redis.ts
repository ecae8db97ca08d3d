import { load } from './package.ts'
import { TOKEN_SECONDS } from './stores.ts'
import type { OnError, Part, QueueStore, SessionStore } from './stores.ts'

/** What is used of the package `@redis/client`, which speaks to Valkey too. */
export interface RedisClient {
  connect(): Promise<unknown>
  on(event: 'error', listener: OnError): unknown
  get(key: string): Promise<string | null>
  setEx(key: string, seconds: number, value: string): Promise<unknown>
  incr(key: string): Promise<number>
  exists(key: string): Promise<number>
  del(key: string): Promise<number>
  close(): Promise<void>
}

interface RedisPackage {
  readonly createClient: (options: {
    readonly url: string
    readonly disableOfflineQueue: boolean
  }) => RedisClient
}

export async function openRedis(
  url: string,
  onError: OnError
): Promise<Part<'sessions' | 'queue'>> {
  const { createClient } = await load<RedisPackage>('@redis/client')
  // Without its queue a call fails at once while the connection is lost, instead of waiting for it.
  const client = createClient({ url, disableOfflineQueue: true })
  client.on('error', onError)
  try {
    await client.connect()
  } catch (error) {
    // It is opened anew, and this one would go on connecting.
    await client.close().catch(() => undefined)
    throw error
  }
  return { sessions: sessionsIn(client), queue: queueIn(client), close: () => client.close() }
}

export function sessionsIn(client: RedisClient): SessionStore {
  return {
    async keep(token, user) {
      await client.setEx(`session:${token}`, TOKEN_SECONDS, user)
    },
    userOf: async (token) => (await client.get(`session:${token}`)) ?? undefined
  }
}

export function queueIn(client: RedisClient): QueueStore {
  return {
    async join(token) {
      const position = await client.incr('queue:joined')
      await client.setEx(`queue:token:${token}`, TOKEN_SECONDS, String(position))
      return position
    },
    has: async (token) => (await client.exists(`queue:token:${token}`)) === 1,
    spend: async (token) => (await client.del(`queue:token:${token}`)) === 1
  }
}
