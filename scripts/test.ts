// Every check the project has, in one go; a failed one does not keep the others from running.
//   REQUIRE_TOOLS=1: what is skipped counts as failed, unless it needs what users bring
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { succeeds } from './checks/command.ts'
import { tallyOfJest } from './checks/jest-results.ts'
import { missed, NOT_REQUIRED, single, total, type Tally } from './checks/tally.ts'

/** A run that takes longer hangs. */
const LIMIT_MINUTES = 75

interface Step {
  readonly name: string
  readonly run: (signal: AbortSignal) => Promise<Tally>
}

function command(name: string, ...args: readonly string[]): Step {
  return { name, run: async (signal) => single(await succeeds(process.execPath, args, signal)) }
}

async function jest(signal: AbortSignal): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'jest-'))
  const results = join(folder, 'results.json')
  try {
    const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
    const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`]
    const exitedWell = await succeeds(process.execPath, [...node, ...jest], signal)
    return tallyOfJest(readFileSync(results, 'utf8'), exitedWell)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const SOURCES = ['src', 'emulator', 'runner', 'demo', 'bench', 'scripts', 'examples', '__tests__']

const STEPS: readonly Step[] = [
  command('types', 'node_modules/typescript/bin/tsc', '--noEmit', '--project', '.'),
  command('lint', 'node_modules/eslint/bin/eslint.js', '.'),
  command('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'),
  command('imports', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...SOURCES),
  command('docs', 'scripts/generate-docs.ts', '--check'),
  { name: 'tests', run: jest },
  command('dist', 'scripts/check-dist.ts')
]

async function main(): Promise<void> {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const stop = new AbortController()
  const limit = setTimeout(() => {
    console.error(`Still running after ${LIMIT_MINUTES} minutes: ended.`)
    stop.abort()
  }, LIMIT_MINUTES * 60_000)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

  const lines: string[] = []
  const tallies: Tally[] = []
  for (const { name, run } of STEPS) {
    console.log(`\n== ${name}`)
    const startedAt = performance.now()
    const tally = await run(stop.signal).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      return single(false)
    })
    tallies.push(tally)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const verdict = tally.failed === 0 ? 'ok    ' : 'FAILED'
    lines.push(`${verdict}  ${name.padEnd(8)}  ${seconds.padStart(6)} s`)
  }
  clearTimeout(limit)

  const { passed, failed, skipped } = total(tallies)
  const required = process.env.REQUIRE_TOOLS === '1'
  const wrong = failed + (required ? missed(skipped).length : 0)
  console.log(`\n== summary\n${lines.join('\n')}\n`)
  if (skipped.length > 0) {
    console.log(
      `Skipped${required ? `, which counts as failed here unless it is ${NOT_REQUIRED}` : ''}:`
    )
    for (const name of skipped) console.log(`- ${name}`)
    console.log()
  }
  console.log(`${passed} passed, ${wrong} failed`)
  process.exitCode = wrong === 0 ? 0 : 1
}

await main()
