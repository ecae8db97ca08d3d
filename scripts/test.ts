// Every check the project has, in one go; a failed one does not keep the others from running.
//   REQUIRE_TOOLS=1   what is skipped counts as failed, unless it needs what users bring
//   UNKIND_TOO=1      the end-to-end suites run once more, with an embedded AWS under its unkind settings
import { fileURLToPath } from 'node:url'
import { succeeds } from './checks/command.ts'
import type { Step } from './checks/step.ts'
import { suites, type SuitesOptions } from './checks/suites.ts'
import { missed, NOT_REQUIRED, single, total, type Tally } from './checks/tally.ts'

/** A run that takes longer hangs. */
const LIMIT_MINUTES = 75

function command(name: string, ...args: readonly string[]): Step {
  return {
    name,
    run: async (signal, onOutput) =>
      single(await succeeds(process.execPath, args, { signal, onOutput, isYielding: true }))
  }
}

const SOURCES = ['src', 'emulator', 'runner', 'demo', 'bench', 'scripts', 'examples', '__tests__']

const STATIC_CHECKS: readonly Step[] = [
  command('types', 'node_modules/typescript-7/bin/tsc', '--noEmit', '--project', '.'),
  command('lint', 'node_modules/oxlint/bin/oxlint', '.'),
  command('format', 'node_modules/oxfmt/bin/oxfmt', '--check', '.'),
  command('imports', 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', ...SOURCES),
  command('docs', 'scripts/generate-docs.ts', '--check')
]
/** It builds dist/ anew, as scripts/check-dist.ts does, and goes on from there. */
const RELEASE = command('dist and release', 'scripts/release.ts', '--dry-run')

const UNKIND_TOO = process.env.UNKIND_TOO === '1'

/** Time runs this many times as fast for the suites that only wait (scaled-time.mjs). */
const TIME_FACTOR = '3'

const E2E: SuitesOptions = { project: 'e2e', workers: 2, environment: { TIME_FACTOR } }
const GATE: SuitesOptions = { project: 'gate', workers: 2 }
/** Beside them a person has three seconds for an answer, so they yield. */
const UNIT: SuitesOptions = { project: 'unit', workers: 2, isYielding: true }
/** What these suites measure takes the machine's time, so nothing else runs beside them. */
const TIMED: SuitesOptions = { project: 'timed', workers: 2 }

/**
 * One phase after the other; in a phase the lanes run side by side, and the steps of a lane one by
 * one. What computes runs beside what waits; the release stands in the lane that ends first.
 */
const PHASES: readonly (readonly (readonly Step[])[])[] = [
  [
    [...endToEnd(E2E), ...endToEnd(GATE), ...(UNKIND_TOO ? [] : [RELEASE])],
    [...STATIC_CHECKS, suites('unit', UNIT), ...(UNKIND_TOO ? [RELEASE] : [])]
  ],
  [endToEnd(TIMED)]
]

function endToEnd(options: SuitesOptions): readonly Step[] {
  const { project } = options
  const environment = { ...options.environment, EMULATOR_SWITCHES: 'unkind' }
  const again = suites(`${project} (unkind)`, { ...options, environment })
  return [suites(project, options), ...(UNKIND_TOO ? [again] : [])]
}

interface Result {
  readonly name: string
  readonly tally: Tally
  readonly seconds: number
}

/** What it prints is shown when it has ended, in one piece. */
async function result({ name, run }: Step, signal: AbortSignal): Promise<Result> {
  console.log(`.. ${name}`)
  let output = ''
  const print = (text: string): void => void (output += text)
  const startedAt = performance.now()
  const tally = await run(signal, print).catch((error: unknown) => {
    print(error instanceof Error ? error.message : String(error))
    return single(false)
  })
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`\n== ${name}, ${seconds.toFixed(1)} s\n${output}`)
  return { name, tally, seconds }
}

async function resultsOfLane(lane: readonly Step[], signal: AbortSignal): Promise<Result[]> {
  const results: Result[] = []
  for (const step of lane) results.push(await result(step, signal))
  return results
}

async function main(): Promise<void> {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  const stop = new AbortController()
  const limit = setTimeout(() => {
    console.error(`Still running after ${LIMIT_MINUTES} minutes: ended.`)
    stop.abort()
  }, LIMIT_MINUTES * 60_000)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

  const startedAt = performance.now()
  const results: Result[] = []
  for (const lanes of PHASES) {
    const ended = await Promise.all(lanes.map((lane) => resultsOfLane(lane, stop.signal)))
    results.push(...ended.flat())
  }
  clearTimeout(limit)

  const { passed, failed, skipped } = total(results.map(({ tally }) => tally))
  const required = process.env.REQUIRE_TOOLS === '1'
  const wrong = failed + (required ? missed(skipped).length : 0)
  console.log('\n== summary')
  for (const { name, tally, seconds } of results) {
    const verdict = tally.failed === 0 ? 'ok    ' : 'FAILED'
    console.log(`${verdict}  ${name.padEnd(16)}  ${seconds.toFixed(1).padStart(6)} s`)
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`        ${'together'.padEnd(16)}  ${seconds.toFixed(1).padStart(6)} s\n`)
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
