import { setTimeout as sleep } from 'node:timers/promises'
import type { StorageSettings } from '../settings.ts'
import { inProcessStores } from './in-process.ts'
import type { Part, Stores } from './stores.ts'

/** A task that cannot reach its storage for this long should be replaced, not wait. */
const PATIENCE_MS = 10_000

/**
 * The stores that the settings name. Each is loaded only where it is asked for:
 * a process that stores in itself starts without them and needs no package.
 */
export async function openStores(
  { file, databaseUrl, redisUrl, mongodbUrl }: StorageSettings,
  onError: (store: string, error: unknown) => void
): Promise<Stores> {
  const rest =
    file === undefined
      ? inProcessStores()
      : await reach<keyof Stores>(`the file ${file}`, async () =>
          (await import('./file.ts')).openFile(file)
        )
  const [orders, tokens, projects] = await Promise.all([
    databaseUrl !== undefined &&
      reach('PostgreSQL', async (name) =>
        (await import('./postgres.ts')).openPostgres(databaseUrl, (error) => onError(name, error))
      ),
    redisUrl !== undefined &&
      reach('Redis', async (name) =>
        (await import('./redis.ts')).openRedis(redisUrl, (error) => onError(name, error))
      ),
    mongodbUrl !== undefined &&
      reach('MongoDB', async () => (await import('./mongodb.ts')).openMongo(mongodbUrl))
  ])
  const opened = [rest, orders, tokens, projects].filter((part) => part !== false)
  return {
    orders: (orders || rest).orders,
    sessions: (tokens || rest).sessions,
    queue: (tokens || rest).queue,
    projects: (projects || rest).projects,
    async close() {
      await Promise.all(opened.map((part) => part.close()))
    }
  }
}

async function reach<Name extends keyof Stores>(
  name: string,
  open: (name: string) => Promise<Part<Name>>
): Promise<Part<Name>> {
  const giveUp = new AbortController()
  try {
    return await Promise.race([
      open(name),
      sleep(PATIENCE_MS, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error(`no answer within ${PATIENCE_MS / 1000} s`)
      })
    ])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`cannot use ${name}: ${reason}`, { cause: error })
  } finally {
    giveUp.abort()
  }
}
