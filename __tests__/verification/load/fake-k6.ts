import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smallSummary } from './fixture.ts'

/**
 * A program that is called as k6 is, and does what the name of the script says:
 * the tests here are of how we treat it, not of what k6 does.
 */
const PROGRAM = `
const { appendFileSync, readdirSync, writeFileSync } = require('node:fs')
const { spawn } = require('node:child_process')
const { basename, dirname, join } = require('node:path')
const given = process.argv.slice(2)
if (given[0] === 'version') {
  if (process.env.NO_VERSION) {
    console.error('no version today')
    process.exit(3)
  }
  console.log('k6 v' + (process.env.VERSION ?? '1.3.0') + ' (commit/5870e99ae8, go1.25.1, linux/amd64)')
  process.exit(0)
}
const script = given.at(-1)
const file = given[given.indexOf('--summary-export') + 1]
const note = (text) => appendFileSync(join(dirname(script), 'notes'), text + '\\n')
const summary = (text) => writeFileSync(file, text ?? process.env.SUMMARY)
note('arguments ' + JSON.stringify(given))
note('environment ' + JSON.stringify(process.env))
note('pid ' + process.pid)
note('folder ' + process.cwd())
note('files ' + JSON.stringify(readdirSync('.')))
const [behaviour, code] = basename(script, '.js').split('-')
const does = {
  exit: () => {
    console.log('running (0m01.0s), 2/2 VUs, 10 complete and 0 interrupted iterations')
    summary()
    process.exit(Number(code))
  },
  replay: () => {
    const { stdout, stderr, exitCode } = JSON.parse(process.env.RUN)
    process.stdout.write(stdout)
    process.stderr.write(stderr)
    summary()
    process.exitCode = exitCode
  },
  fail: () => {
    console.error('first line')
    console.error('time="2026-11-21T08:49:44Z" level=error msg="it said \\\\"no\\\\" to ' + process.env.TOKEN + '"')
    process.exit(Number(code))
  },
  nothing: () => process.exit(0),
  broken: () => {
    summary('{"metrics": {')
    process.exit(0)
  },
  huge: () => {
    summary(' '.repeat(6 * 1024 * 1024))
    process.exit(0)
  },
  chatty: () => {
    for (let n = 0; n < 20_000; n++) console.error('line ' + n)
    process.exitCode = 107
  },
  progress: () => {
    let n = 0
    setInterval(() => {
      n += 1
      console.log('running (0m0' + n + '.0s), 2/2 VUs')
      if (n < 5) return
      summary()
      process.exit(0)
    }, 20)
  },
  polite: () => {
    process.on('SIGINT', () => {
      note('SIGINT')
      summary()
      process.exit(105)
    })
    note('ready')
    setInterval(() => undefined, 1000)
  },
  stubborn: () => {
    process.on('SIGINT', () => note('SIGINT'))
    const child = spawn(process.execPath, ['-e', "process.on('SIGINT', () => undefined); setInterval(() => undefined, 1000); console.log('up')"], { stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.once('data', () => {
      note('child ' + child.pid)
      note('ready')
    })
  },
  orphan: () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' })
    note('child ' + child.pid)
    summary()
    process.exit(0)
  }
}
does[behaviour]()
`

export interface FakeK6 {
  readonly path: string
  /** A script with that name, such as `exit-99`. */
  readonly script: (behaviour: string) => Promise<string>
  /** What the program has noted of itself. */
  readonly notes: string
  readonly env: Readonly<Record<string, string>>
  readonly remove: () => Promise<void>
}

export async function fakeK6(
  summary: Readonly<Record<string, unknown>> = smallSummary()
): Promise<FakeK6> {
  const folder = await mkdtemp(join(tmpdir(), 'fake-k6-'))
  const path = join(folder, 'k6')
  await writeFile(`${path}.cjs`, PROGRAM)
  const start = `#!/bin/sh\nexec '${process.execPath}' "$0.cjs" "$@"\n`
  await writeFile(path, start, { mode: 0o755 })
  return {
    path,
    script: async (behaviour) => {
      const script = join(folder, `${behaviour}.js`)
      await writeFile(script, "// thresholds: { x: ['p(98.6)<1'] }\n")
      return script
    },
    notes: join(folder, 'notes'),
    env: { SUMMARY: JSON.stringify(summary) },
    remove: () => rm(folder, { recursive: true, force: true })
  }
}
