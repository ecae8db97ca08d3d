import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../runner/environment.ts'
import { measureCosts } from './process-cost.ts'

const BUNDLES = join(ROOT, 'dist/gate')

/** Start-up of the callback's bundle as a multiple of `node -e 0`: loaded, and ready for its first event. */
export async function callbackStartUp(rounds: number): Promise<number> {
  const path = { PATH: process.env['PATH'] ?? '' }
  const variables = {
    ...path,
    AWS_REGION: 'eu-central-1',
    LEDGER_TABLE: 'table',
    LEDGER_KEY: 'key',
    POLICY_PARAMETER: 'policy',
    SLACK_SECRET: 'secret'
  }
  const bundle = pathToFileURL(join(BUNDLES, 'callback/index.js')).href
  const load = `import(${JSON.stringify(bundle)}).then(({ handler }) => { if (typeof handler !== 'function') process.exit(1) })`
  const [nothing, callback] = await measureCosts(
    [
      { name: 'node -e 0', arguments: ['-e', '0'], environment: () => Promise.resolve(path) },
      { name: 'callback', arguments: ['-e', load], environment: () => Promise.resolve(variables) }
    ],
    rounds
  )
  return (callback?.wallMs ?? NaN) / (nothing?.wallMs ?? NaN)
}
