import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createGate } from '../../emulator/worlds/gate.ts'
import type { StepResult } from '../../runner/run-action.ts'
import { openGateStage, type GateStage } from './gate-stage.ts'

const RATE = 50
/**
 * Of a function: it hands on when 70 s are left (`STORE_MS` and `BEGIN_MS` of src/gate/observe/measure.ts)
 * and as long as a request may take, so each measures for some 24 s, until the next one has begun.
 */
const OBSERVE_SECONDS = 85
const VERIFY = 'CodeDeployHook_verify'

let workspace: string
const stages: GateStage[] = []

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
})
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
  await rm(workspace, { recursive: true, force: true })
})

interface Phase {
  readonly name: string
  readonly total: number
  readonly byVersion: Readonly<Record<string, number>>
}
interface Availability {
  readonly total: number
  readonly failed: number
  readonly phases: readonly Phase[]
}
interface Left extends StepResult {
  readonly stage: GateStage
  readonly evidence: { readonly verdict: string; readonly availability: Availability }
}

/** A release whose production a function observes; approved when the function has handed on. */
async function release(bug: string): Promise<Left> {
  const stage = await openGateStage({
    dataPlane: true,
    observeSeconds: OBSERVE_SECONDS,
    // Nobody outside the VPC can resolve its name.
    world: { scheme: 'internal' },
    terminationWaitMinutes: bug === '' ? 0 : 5
  })
  stages.push(stage)
  createGate(stage.emulator, VERIFY, 'Succeeded')
  const file = `observe-${stages.length}.yml`
  await writeFile(
    join(workspace, file),
    `version: 1
availability: { on-breach: stop, path: /version, rate: ${RATE}, timeout: 1 s }
`
  )
  const step = await stage.start(
    { 'environment-variables': `BUG=${bug}`, verification: file, 'verify-function': VERIFY },
    { workspace }
  )
  const card = await stage.card()
  const observers = (): number => stage.app.logs().join('').split('"observing"').length - 1
  while (observers() < 2) await new Promise((resolve) => setTimeout(resolve, 200))
  await stage.slack.click('U0ANN', card.ts, 'gate_approve')
  const result = await step.result
  const report = JSON.parse(await readFile(result.outputs['report'] ?? '', 'utf8')) as {
    readonly evidence: readonly (Left['evidence'] & { readonly section: string })[]
  }
  const evidence = report.evidence.find(({ section }) => section === 'availability')
  if (!evidence) throw new Error(`no availability\n${stage.app.logs().join('')}`)
  return { ...result, stage, evidence }
}

let good: Left
let broken: Left
beforeAll(async () => {
  ;[good, broken] = await Promise.all([release(''), release('slow')])
}, 400_000)

describe('production, observed by functions that hand on to each other through a shift,', () => {
  test('fails not once, and every request it got is counted', () => {
    expect(good.outputs).toMatchObject({ outcome: 'released' })
    const { verdict, availability } = good.evidence
    expect([verdict, availability.failed]).toEqual(['passed', 0])
    expect(availability.phases.map(({ name }) => name)).toEqual([
      'before',
      'gate',
      'shift',
      'after'
    ])
    expect(Object.keys(availability.phases.at(0)?.byVersion ?? {})).toEqual(['1'])
    expect(Object.keys(availability.phases.at(-1)?.byVersion ?? {})).toEqual(['2'])
    expect(availability.phases.at(-1)?.total).toBeGreaterThan(9 * RATE)
    // The listener's own count: nobody else asks it.
    const { productionListenerArn } = good.stage.service
    const counted = good.stage.emulator.traffic.listeners.get(productionListenerArn)
    expect(availability.total).toBe(counted?.requests)
    expect(counted).toMatchObject({ statuses: { '2xx': availability.total }, aborted: 0 })
  })

  test('is asked without a gap where one function takes over from another', async () => {
    const log = good.stage.app.logs().join('')
    expect(log.split('"observing"').length - 1).toBeGreaterThanOrEqual(2)
    expect(log).not.toContain('"level":"error"')
    const ledger = await good.stage.ledger()
    expect(ledger).toContain('#observed#0001#begun')
    expect(ledger).not.toContain('not sent, between two functions')
  })

  test('is on the card afterwards', async () => {
    const figures = `Production: 0 of ${good.evidence.availability.total.toLocaleString('en-US')} requests failed`
    await good.stage.until(() => good.stage.shown().includes(figures))
    expect(good.stage.shown()).toContain(figures)
  }, 90_000)
})

describe('production that fails once traffic has moved', () => {
  test('is stopped and rolled back by the function, and the job says so', () => {
    expect(broken.outputs).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
    expect(broken.exitCode).toBe(1)
    expect(broken.lines.join('\n')).toMatch(
      /was stopped: availability: \d+ of \d+ requests failed.*last: timed out after 1 s/
    )
    expect(broken.evidence.verdict).toBe('failed')
    expect(broken.evidence.availability.phases.map(({ name }) => name)).toContain('rollback')
  })
})

describe('the record of what became of it', () => {
  /** The one release of the stage, once its end is on record. */
  async function recorded({ stage }: Left): Promise<unknown> {
    const history = ['history', '--table', stage.app.table, '--format', 'json']
    for (let looks = 0; looks < 300; looks++) {
      const { text } = await stage.command(...history)
      const [entry] = JSON.parse(text) as readonly Readonly<Record<string, unknown>>[]
      if (entry?.['endedAt'] !== '') return entry
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    throw new Error(`not on record\n${stage.app.logs().join('')}`)
  }

  test('has the figures of the observer, and says that they are its own', async () => {
    const { total, failed } = good.evidence.availability
    expect(await recorded(good)).toMatchObject({
      ...{ result: 'released', rollback: 'none', why: '' },
      ...{ requests: total, requestsFailed: failed, measuredBy: 'observer' }
    })
  }, 120_000)

  test('says why the observer has stopped it, and that it was rolled back', async () => {
    const { total, failed } = broken.evidence.availability
    expect(await recorded(broken)).toMatchObject({
      ...{ result: 'stopped', rollback: 'succeeded', rolledBackAt: expect.stringMatching(/Z$/) },
      ...{ requests: total, requestsFailed: failed, measuredBy: 'observer' },
      why: expect.stringMatching(/requests failed/)
    })
  }, 120_000)
})

test('what the functions called is judged by the policies of their own role', async () => {
  const { used } = await broken.stage.judge()
  expect(used['ObserveRole']).toEqual(
    expect.arrayContaining([
      'codedeploy:StopDeployment',
      'dynamodb:PutItem',
      'lambda:InvokeFunction'
    ])
  )
})
