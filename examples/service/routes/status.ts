import type { Routes } from '../http/routes.ts'
import type { Settings } from '../settings.ts'

/** What the service says of itself; health asks nothing that it stores in, as a restart would not mend that. */
export function statusRoutes({ version, bug }: Settings): Routes {
  const startedAt = new Date().toISOString()
  return {
    'GET /health': () =>
      bug === 'unhealthy'
        ? { status: 500, content: { status: 'failing' } }
        : { status: 200, content: { status: 'ok' } },
    'GET /version': () => ({ status: 200, content: { version, startedAt, pid: process.pid } })
  }
}
