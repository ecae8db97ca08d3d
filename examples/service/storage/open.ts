import type { StorageSettings } from '../settings.ts'
import { inProcessStores } from './in-process.ts'
import { open, reach } from './reach.ts'
import type { Stores } from './stores.ts'

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
      : await open<keyof Stores>(`the file ${file}`, async () =>
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
