import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, stepEnvironment } from '../runner/environment.ts'
import { startInstantAccount } from './instant-account.ts'
import { measureCosts } from './process-cost.ts'
import type { Cost } from './process-cost.ts'

/** What an instant release costs beside Node doing nothing and Node's own HTTP client. */
export async function instantReleaseCosts(
  rounds: number
): Promise<readonly [nothing: Cost, http: Cost, release: Cost]> {
  const { emulator, demo, close } = await startInstantAccount()
  let version = 1
  const bare = { PATH: process.env['PATH'] ?? '' }
  const get = `require('node:http').get('${emulator.endpoint}/_emulator/clock', r => r.resume())`
  try {
    const costs = await measureCosts(
      [
        { name: 'node -e 0', arguments: ['-e', '0'], environment: () => Promise.resolve(bare) },
        { name: 'node:http', arguments: ['-e', get], environment: () => Promise.resolve(bare) },
        {
          name: 'release',
          arguments: [join(ROOT, 'dist/index.js')],
          environment: async (folder) =>
            (
              await stepEnvironment({
                folder,
                inputs: {
                  cluster: demo.cluster,
                  service: demo.service,
                  'container-name': demo.container,
                  image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:${++version}`,
                  'codedeploy-application': demo.application,
                  'codedeploy-deployment-group': demo.deploymentGroup,
                  'gate-function': demo.gate.name
                },
                environment: emulator.environment
              })
            ).environment,
          check: async (folder) => {
            const output = await readFile(join(folder, 'output'), 'utf8')
            if (!/^released$/m.test(output)) throw new Error(`it did not release:\n${output}`)
          }
        }
      ],
      rounds
    )
    const [nothing, http, release] = costs
    if (!nothing || !http || !release) throw new Error('a cost is missing')
    return [nothing, http, release]
  } finally {
    await close()
  }
}
