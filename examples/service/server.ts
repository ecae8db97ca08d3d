/**
 * The service that examples and the demo release: a small order service.
 * Plain Node, no dependencies: `node examples/service/server.ts`.
 */
import { createService } from './service.ts'
import { readSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { openStores } from './storage/open.ts'

let version: string | undefined

function log(message: string, more: object): void {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), version, message, ...more })}\n`
  )
}

async function serve(settings: Settings): Promise<void> {
  const { host, port } = settings
  const stores = await openStores(settings.storage, (store, error) => {
    log('storage failed', { store, error: String(error) })
  })
  const server = createService({
    settings,
    stores,
    onError: (error) => log('error', { error: String(error) })
  })
  server.listen(port, host, () => {
    const address = server.address()
    log('listening', { host, port: typeof address === 'object' ? address?.port : port })
  })
  process.on('SIGTERM', () => {
    log('stopping', {})
    // Open requests are finished first; then nothing keeps the process alive.
    server.close(() => void stores.close())
    server.closeIdleConnections()
  })
}

/** A one-off task: it does its work and ends. There is nothing to migrate yet. */
function migrate(migration: string | undefined): void {
  if (migration !== undefined) throw new Error(`there is no migration "${migration}"`)
  log('migrated', { migrations: 0 })
}

try {
  const settings = readSettings(process.env)
  version = settings.version
  if (settings.bug === 'crash') throw new Error('cannot reach the order database')
  const [command, migration] = process.argv.slice(2)
  if (command === 'migrate') migrate(migration)
  else await serve(settings)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}: giving up\n`)
  // A store that was reached before another was not would keep the process alive.
  process.exit(1)
}
