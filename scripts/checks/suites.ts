import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { succeeds } from './command.ts'
import { tallyOfJest } from './jest-results.ts'
import type { Step } from './step.ts'

export interface SuitesOptions {
  /** A project of jest.config.js. */
  readonly project: 'unit' | 'e2e' | 'gate' | 'timed'
  readonly workers: number
  readonly environment?: Readonly<Record<string, string>>
  /** They take only what the others leave of the machine. */
  readonly isYielding?: boolean
}

/**
 * The suites of one of jest's projects. What they leave in the folder for temporary files is deleted
 * with it; what jest knows of the files stays, because it makes the next run faster.
 */
export function suites(
  name: string,
  { project, workers, environment, isYielding = false }: SuitesOptions
): Step {
  return {
    name,
    run: async (signal, print) => {
      const folder = mkdtempSync(join(tmpdir(), 'jest-'))
      const results = join(folder, 'results.json')
      const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
      const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', project]
      const cache = join(process.cwd(), 'node_modules/.cache/jest')
      const options = [
        `--maxWorkers=${workers}`,
        '--json',
        `--outputFile=${results}`,
        `--cacheDirectory=${cache}`
      ]
      try {
        const exitedWell = await succeeds(process.execPath, [...node, ...jest, ...options], {
          signal,
          onOutput: print,
          isYielding,
          environment: { ...environment, TMPDIR: folder }
        })
        return tallyOfJest(readFileSync(results, 'utf8'), exitedWell)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
  }
}
