import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Browser } from 'playwright-core'
import type { FailoverResult } from '../../demo/failover/result.ts'
import type { DemoResult } from '../../demo/result.ts'
import { ROOT } from '../../runner/environment.ts'
import { OUTCOMES } from '../../src/release/outcome.ts'
import { openBrowser } from '../browser.ts'
import { disagreements } from '../helpers/one-state.ts'
import { ROLLBACKS } from '../helpers/told.ts'

const folder = mkdtempSync(join(tmpdir(), 'demo-'))

/** Killed at the end where a test gave up on them: what goes on would slow down every test that follows. */
const started: DemoProcess[] = []

afterAll(() => {
  for (const demo of started) if (demo.hasLeftovers()) demo.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

interface DemoProcess {
  readonly lines: string[]
  readonly errors: string[]
  readonly line: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly exit: Promise<number | null>
  /** Whether any process of it is left, children and theirs included. */
  readonly hasLeftovers: () => boolean
}

/** In a process group of its own, as a shell starts it: a signal to the group is a Ctrl-C. */
function startDemo(...args: readonly string[]): DemoProcess {
  const child = spawn(process.execPath, [join(ROOT, 'demo/main.ts'), ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], INIT_CWD: folder }
  })
  const lines: string[] = []
  const errors: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const watchers = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const check of [...watchers]) check()
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const group = -(child.pid ?? NaN)
  const demo: DemoProcess = {
    lines,
    errors,
    exit,
    kill: (signal) => process.kill(group, signal),
    hasLeftovers: () => {
      try {
        return process.kill(group, 0)
      } catch {
        return false
      }
    },
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null)
          if (found) resolve(found)
        }
        watchers.add(check)
        check()
        void exit.then(() => reject(new Error(`ended without ${String(pattern)}`)))
      })
  }
  started.push(demo)
  return demo
}

interface Ended {
  readonly exitCode: number | null
  readonly result: DemoResult
  readonly text: string
  readonly errors: readonly string[]
  readonly leftovers: boolean
}

async function ended(demo: DemoProcess, file: string): Promise<Ended> {
  const exitCode = await demo.exit
  const result = JSON.parse(readFileSync(join(folder, file), 'utf8')) as DemoResult
  const { lines, errors } = demo
  return { exitCode, result, text: lines.join('\n'), errors, leftovers: demo.hasLeftovers() }
}

/** What outputs, report and summary tell differently of the demo's release (helpers/one-state.ts). */
function disagreeing({ result: { outputs, report, exitCode, summary } }: Ended): readonly string[] {
  const outcome = OUTCOMES.find((each) => each === outputs['outcome'])
  const rollback = ROLLBACKS.find((each) => each === outputs['rollback'])
  if (!report || !outcome || !rollback) return ['there is no report']
  return disagreements({ outcome, rollback, headline: report.headline, exitCode, summary })
}

/** Where a story has to stand, because it is what the terminal still shows at the end. */
function lastTenLines({ text }: Ended): string {
  return text.split('\n').slice(-10).join('\n')
}

/** What a person does: opens the page in a browser, reads the card, tries the new version, presses Approve and confirms. */
async function approveOnPage(demo: DemoProcess, browser: Promise<Browser>): Promise<string[]> {
  const [, production = ''] = await demo.line(/serves (\S+),/)
  const [, url = ''] = await demo.line(/approve or reject on (\S+)/)
  const page = await (await browser).newPage()
  await page.goto(url)
  const test = await page.locator('a[href$="/version"]').getAttribute('href')
  const links = [`${production}/version`, test ?? '']
  const seen = await Promise.all(links.map(async (link) => (await fetch(link)).text()))
  await page.getByLabel('You are').selectOption({ label: 'octocat' })
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.locator('#confirm').getByRole('button', { name: 'Approve' }).click()
  await page.getByText('somebody else has to approve it').waitFor()
  // Nobody may say yes before the order flow has.
  await demo.line(/evidence +order and pay passed/)
  await page.getByLabel('You are').selectOption({ label: 'Minji Kim' })
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.locator('#confirm').getByRole('button', { name: 'Approve' }).click()
  await page
    .locator('b', { hasText: /^Released$/ })
    .first()
    .waitFor()
  return seen
}

/** It waits for a minute and computes little, so it runs beside the others. */
const crash = startDemo('--bug', 'crash', '--json', 'crash.json', '--keep', 'kept')

/** It waits for most of its minute and a half, so it is started before the suites that follow the first. */
let failover: DemoProcess

describe('the demo', () => {
  let approved: Ended
  let rejected: Ended
  let byPerson: Ended
  let versionsSeen: string[]
  const browser = openBrowser()

  afterAll(async () => (await browser).close())

  beforeAll(async () => {
    const person = startDemo('--json', 'person.json')
    ;[approved, rejected, versionsSeen, byPerson] = await Promise.all([
      ended(startDemo('--approve', '--json', 'approved.json'), 'approved.json'),
      ended(startDemo('--reject', '--load', '--json', 'rejected.json'), 'rejected.json'),
      approveOnPage(person, browser),
      ended(person, 'person.json')
    ])
    failover = startDemo('--strategy', 'failover', '--json', 'failover.json')
  }, 300_000)

  it('releases version 2 with --approve: users move to it, none is lost', () => {
    const { exitCode, result } = approved
    expect(exitCode).toBe(0)
    expect(result).toMatchObject({ decision: 'approve', outcome: 'released', exitCode: 0 })
    expect(result.outputs).toMatchObject({ 'approval-status': 'approved', rollback: 'none' })
    const { phases, failures } = result.requests.production
    expect(failures).toBe(0)
    for (const phase of [phases.before, phases.gate]) {
      expect(phase.versions['1']?.requests).toBeGreaterThan(20)
      expect(phase.versions['2']?.requests).toBe(0)
    }
    expect(phases.after.versions['1']?.requests).toBe(0)
    expect(phases.after.versions['2']?.requests).toBeGreaterThan(20)
    expect(result.seconds).toBeLessThan(60)
  })

  it('leaves every user on version 1 with --reject, after a load on version 2 with --load', () => {
    const { exitCode, result } = rejected
    expect(exitCode).toBe(0)
    expect(result).toMatchObject({ decision: 'reject', outcome: 'rejected', exitCode: 1 })
    expect(result.outputs).toMatchObject({
      'approval-status': 'rejected',
      'approval-reason': 'Totals of version 2 are wrong',
      rollback: 'succeeded'
    })
    const { production, test } = result.requests
    expect(production.versions['2']).toEqual({ requests: 0, failures: 0 })
    expect(production.versions['1']?.requests).toBeGreaterThan(100)
    expect(production.failures).toBe(0)
    expect(test.versions['2']?.requests).toBeGreaterThan(0)
    const last = lastTenLines(rejected)
    expect(last).toContain('What happened')
    expect(last).toMatch(/Load, (built in, since no k6 was found|by your k6): passed\./)
    expect(last).toContain('Rejected: Totals of version 2 are wrong.')
    expect(last).toContain('none reached version 2 and none failed')
    expect(last).toContain('The rollback succeeded: version 1 serves.')
    expect(last).toContain('As decided: rejected')
  })

  it('lets a person try both versions, and approve on the page; who asked for it cannot', () => {
    expect(versionsSeen.map((text) => (JSON.parse(text) as { version: string }).version)).toEqual([
      '1',
      '2'
    ])
    expect(byPerson.exitCode).toBe(0)
    expect(byPerson.result).toMatchObject({ decision: 'approve', outcome: 'released' })
  })

  it('shows log, summary, outputs and requests, in no colours where nobody looks', () => {
    const { text, errors, result } = approved
    expect(errors).toEqual([])
    const wanted = [
      '▾ Pre-flight',
      'waiting for approval',
      '── Job summary',
      'Lifecycle events',
      '── Outputs',
      `deployment-id             ${result.outputs['deployment-id'] ?? ''}`,
      '── Requests',
      'production listener  version 1  version 2  failed',
      'As decided: released'
    ]
    const places = wanted.map((part) => text.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    // What the flow has found may be told before or after that the gate waits.
    const log = text.slice(0, text.indexOf('── Job summary'))
    expect(log).toContain('order and pay passed')
    expect(text).not.toContain('\u001b')
    expect(text).not.toContain('::group::')
    expect(result.summary).toContain('```mermaid')
  })

  it('tells the same in outputs, report and summary', () => {
    expect([approved, rejected, byPerson].flatMap(disagreeing)).toEqual([])
  })

  it('leaves no process behind', () => {
    expect([approved, rejected, byPerson].map(({ leftovers }) => leftovers)).toEqual([
      false,
      false,
      false
    ])
  })
})

describe('the demo of a version that is healthy and wrong', () => {
  it('has it rejected by the order flow, with nobody clicking', async () => {
    const demo = await ended(startDemo('--bug', 'payment-lost', '--json', 'bug.json'), 'bug.json')
    const { exitCode, result, text, leftovers } = demo
    expect(result.outcome).toBe('rejected')
    expect(result.outputs['approval-reason']).toMatch(/^order and pay: fails at read back: /)
    expect(text).toContain('order and pay failed: fails at read back')
    const last = lastTenLines(demo)
    expect(last).toContain('What happened')
    expect(last).toContain('Version 2 has the fault payment-lost')
    expect(last).toContain('Found by "order and pay": fails at read back')
    expect(last).toContain('Rejected: order and pay: fails at read back')
    expect(last).toContain('The rollback succeeded: version 1 serves.')
    expect(last).toContain('As decided: rejected')
    const { phases, failures } = result.requests.production
    expect(failures).toBe(0)
    expect(phases.after.versions['1']?.requests).toBeGreaterThan(0)
    for (const { versions } of Object.values(phases)) expect(versions['2']?.requests ?? 0).toBe(0)
    expect(disagreeing(demo)).toEqual([])
    expect(exitCode).toBe(0)
    expect(leftovers).toBe(false)
  }, 120_000)
})

describe('the demo of a version that never comes up', () => {
  it('has it stopped after a minute, and tells it in its last ten lines', async () => {
    const demo = await ended(crash, 'crash.json')
    const { exitCode, result, text, leftovers } = demo
    expect(result).toMatchObject({ decision: null, bug: 'crash', outcome: 'stopped' })
    expect(text).toMatch(/green tasks +\d tasks have stopped by themselves.*exited with 1/)
    expect(text).toContain('  | cannot reach the order database: giving up')
    const last = lastTenLines(demo)
    expect(last).toContain('What happened')
    expect(last).toContain('container orders exited with 1')
    expect(last).toContain('As decided: stopped')
    expect(disagreeing(demo)).toEqual([])
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual([
      'report.html',
      'report.json',
      'result.json',
      'summary.md',
      'task-definition.json'
    ])
    expect(exitCode).toBe(0)
    expect(leftovers).toBe(false)
  }, 180_000)
})

describe('the demo of two production groups', () => {
  it('shows a release each way and an even split, on the page and in its last ten lines', async () => {
    const [, url = ''] = await failover.line(/Watch both groups on (\S+)/)
    const exitCode = await failover.exit
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const result = JSON.parse(readFileSync(join(folder, 'failover.json'), 'utf8')) as FailoverResult
    expect(result.requests.failures).toBe(0)
    const [first, second] = result.releases
    const shares = (release = first): number[] =>
      release?.splits.map(({ weights }) => weights.prod2) ?? []
    expect(first).toMatchObject({ from: 'prod1', to: 'prod2', outcome: 'released' })
    expect(shares()).toEqual([0, 10, 25, 50, 75, 100])
    expect(second).toMatchObject({ from: 'prod2', to: 'prod1', outcome: 'released' })
    expect(shares(second)).toEqual([100, 90, 75, 50, 25, 0, 10, 25, 50])
    const last = failover.lines.slice(-10).join('\n')
    expect(last).toContain('What happened')
    expect(last).toContain('Version 2: prod1 served')
    expect(last).toContain('Version 3: prod2 served')
    expect(last).toContain('At the end: prod1 50 %, prod2 50 %.')
    expect(failover.errors).toEqual([])
    expect(exitCode).toBe(0)
    expect(failover.hasLeftovers()).toBe(false)
  }, 240_000)
})

describe('an interrupted demo', () => {
  it.each([
    ['SIGINT', /^» Version 1/, 130],
    ['SIGINT', /BeforeInstall/, 130],
    ['SIGTERM', /▾ Deployment/, 143]
  ] as const)(
    'ends at once and with everything: %s after %s',
    async (signal, moment, exitCode) => {
      const demo = startDemo('--approve')
      await demo.line(moment)
      const before = performance.now()
      demo.kill(signal)
      setTimeout(() => demo.hasLeftovers() && demo.kill(signal), 20) // as npm does, which passes it on
      expect(await demo.exit).toBe(exitCode)
      expect(performance.now() - before).toBeLessThan(5_000)
      expect(demo.hasLeftovers()).toBe(false)
    },
    30_000
  )
})

describe('a demo that cannot be as asked', () => {
  it.each([
    [['--aprove'], "Unknown option '--aprove'"],
    [['--bug', 'payment-losst'], '--bug: "payment-losst" is no fault; there are unhealthy, crash,'],
    [['--strategy', 'canary'], '--strategy takes failover'],
    [['--strategy', 'failover', '--load'], '--load is of the release with a gate'],
    [['--approve', '--reject'], '--approve and --reject exclude each other'],
    [['--json', 'no/such/folder.json'], 'no/such cannot be written to'],
    [['--json', '.'], 'is a folder']
  ])('%j ends with one line before anything is started', async (args, reason) => {
    const demo = startDemo(...args)
    expect(await demo.exit).toBe(2)
    expect(demo.lines).toEqual([])
    expect(demo.errors).toEqual([expect.stringContaining(reason)])
  })
})
