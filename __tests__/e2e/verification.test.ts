import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StepResult } from '../../runner/run-action.ts'
import { openGateStage, type GateStage } from './gate-stage.ts'
import { orderAndPay } from './order-and-pay.ts'

let workspace: string
const stages: GateStage[] = []

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
})
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
  await rm(workspace, { recursive: true, force: true })
})

/** On the version that nobody times: they would disturb what a hundred requests a second measure. */
const LOAD_AND_METRICS = `
load: { required: false, connections: 1, duration: 6 s, requests: [{ path: /version }], thresholds: [p99 < 30 s] }
metrics: { required: false, limits: [green target-5xx < 1] }
`

/** What a health check cannot see: an order that is placed, paid and read back. */
const fileFor = (stage: GateStage, bug: string): string => `
version: 1
target: { test: "${stage.service.testUrl}", production: "${stage.service.productionUrl}" }
availability: { on-breach: stop, path: /version, ${bug === 'slow' ? 'rate: 20, max-p99: 1 s' : 'rate: 100'} }
${bug === 'slow' ? LOAD_AND_METRICS : ''}
checks:
  required: false
  requests:
    - { name: health, path: /health, expect: { json: { $.status: ok } } }
    - { name: nothing here, path: /nowhere, expect: { status: 404 } }
${orderAndPay()}`

interface Left extends StepResult {
  readonly stage: GateStage
  readonly report: {
    readonly evidence: readonly Record<string, unknown>[]
    readonly decision: { readonly decidedAt: string | null } | null
  }
  /** What production answered while the release went on. */
  readonly versions: ReadonlySet<string>
}

async function release(
  bug: string,
  atTheGate: (stage: GateStage) => Promise<unknown>,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Left> {
  const terminationWaitMinutes = bug === 'slow' ? 5 : 0
  const stage = await openGateStage({ dataPlane: true, terminationWaitMinutes })
  stages.push(stage)
  if (bug === '') putBehindRule(stage)
  const file = `${stages.length}.yml`
  await writeFile(join(workspace, file), fileFor(stage, bug))
  const step = await stage.start(
    {
      'environment-variables': `BUG=${bug}`,
      verification: file,
      ...inputs
    },
    { workspace }
  )
  const versions = new Set<string>()
  const looking = setInterval(() => {
    void fetch(`${stage.service.productionUrl}/version`).then(
      (answer) => versions.add(answer.headers.get('x-app-version') ?? ''),
      () => versions.add('unreachable')
    )
  }, 100)
  const decided = stage.card().then(() => atTheGate(stage))
  const result = await step.result
  clearInterval(looking)
  await decided
  const report = JSON.parse(
    await readFile(result.outputs['report'] ?? '', 'utf8')
  ) as Left['report']
  return { ...result, stage, report, versions }
}

/** The production listener is shared: its own answer is a 404, and a rule of it leads to the service. */
function putBehindRule({ emulator, service }: GateStage): void {
  const { elasticloadbalancing: elb } = emulator.operations
  const { productionListenerArn: ListenerArn, targetGroupArns } = service
  elb.CreateRule({
    ListenerArn,
    Priority: 10,
    Conditions: [{ Field: 'path-pattern', Values: ['/version', '/health', '/orders*', '/pay*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[0] }]
  })
  elb.ModifyListener({
    ListenerArn,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
  })
}

/** As soon as the card says that the evidence is there. */
const approveAt =
  (sign: string) =>
  async (stage: GateStage): Promise<void> => {
    await stage.until(() => stage.shown().includes(sign))
    await stage.slack.click('U0ANN', (await stage.card()).ts, 'gate_approve')
  }

let wrong: Left
let right: Left
let stopped: Left
let broken: Left

beforeAll(async () => {
  // Two at a time: each is an account with a data plane, functions and a job, on as few as two cores.
  ;[wrong, right] = await Promise.all([
    release('payment-500', () => Promise.resolve()),
    release('', approveAt('3 steps in'))
  ])
  ;[stopped, broken] = await Promise.all([
    release('payment-500', () => Promise.resolve(), { 'ledger-table': '' }),
    // Green does all it should, later than production may answer.
    release('slow', approveAt('autocannon'))
  ])
}, 480_000)

const ofGreen = (evidence: Left['report']['evidence']): Left['report']['evidence'] =>
  evidence.filter(({ section }) => section !== 'availability')

describe('production, asked a hundred times a second,', () => {
  test('fails not once: before, at the gate, through the shift and after it', () => {
    const found = right.report.evidence.find(({ section }) => section === 'availability')
    expect(found).toMatchObject({ verdict: 'passed', availability: { failed: 0, failures: [] } })
    const { phases } = found?.['availability'] as {
      phases: { name: string; total: number; byVersion: Record<string, number> }[]
    }
    expect(phases.map(({ name }) => name)).toEqual(['before', 'gate', 'shift', 'after'])
    expect(Object.keys(phases.at(0)?.byVersion ?? {})).toEqual(['1'])
    expect(Object.keys(phases.at(-1)?.byVersion ?? {})).toEqual(['2'])
    // The job stays ten seconds longer to see them.
    expect(phases.at(-1)?.total).toBeGreaterThan(500)
  })

  test('fails not once through a rollback either', () => {
    const found = wrong.report.evidence.find(({ section }) => section === 'availability')
    expect(found).toMatchObject({ verdict: 'passed', availability: { failed: 0 } })
    expect(JSON.stringify(found)).toContain('"rollback"')
  })
})

describe('a service behind a rule of a shared listener', () => {
  test('is measured through the rule, and the rest of the listener stays as it is', async () => {
    expect(right.outputs).toMatchObject({ outcome: 'released' })
    expect(right.lines.join('\n')).toContain(
      'production on port 80, by rule 10 (path-pattern /version or /health or /orders* or /pay*), forwards to'
    )
    expect(right.lines.join('\n')).toContain('0 % blue / 100 % green')
    expect([...right.versions].toSorted()).toEqual(['1', '2'])
    const elsewhere = await fetch(`${right.stage.service.productionUrl}/elsewhere`)
    expect(elsewhere.status).toBe(404)
    expect(elsewhere.headers.get('x-app-version')).toBeNull()
  })
})

describe('a healthy but wrong version', () => {
  test('is rejected by the flow that it fails, with nobody clicking', () => {
    expect(wrong.outputs).toMatchObject({
      outcome: 'rejected',
      'approval-status': 'rejected',
      'approval-reason': 'order and pay: fails at pay: status 500, wanted 200',
      rollback: 'succeeded'
    })
    expect(wrong.exitCode).toBe(1)
    expect(wrong.lines.join('\n')).toContain(
      'rejected by the evidence: order and pay: fails at pay: status 500, wanted 200'
    )
  })

  test('is rejected as soon as that is known, not when somebody looks again', () => {
    const flow = wrong.report.evidence.find(({ name }) => name === 'order and pay')
    const known = Date.parse(String(flow?.['endedAt']))
    const decided = Date.parse(wrong.report.decision?.decidedAt ?? '')
    // The sweep would look within a minute.
    expect(decided - known).toBeGreaterThanOrEqual(0)
    expect(decided - known).toBeLessThan(15_000)
  })

  test('never gets production traffic', () => {
    expect([...wrong.versions]).toEqual(['1'])
  })

  test('is shown as such: on the card, in the summary, in the report, on record', async () => {
    expect(wrong.stage.shown()).toContain('*Rejected* by the evidence itself')
    expect(wrong.stage.shown()).toContain('status 500, wanted 200')
    expect(wrong.summary).toContain('### Evidence')
    expect(wrong.summary).toMatch(/\| health \| `GET \/health` \| 200 \| \d+ ms \| ✅.passed \|/)
    expect(wrong.summary).toMatch(/\| pay \|.*\| 500 \|.*❌.failed: status 500, wanted 200 \|/)
    expect(ofGreen(wrong.report.evidence)).toMatchObject([
      { section: 'checks', verdict: 'passed', requests: [{ status: 200 }, { status: 404 }] },
      {
        name: 'order and pay',
        verdict: 'failed',
        requests: [{}, { status: 500 }, { verdict: 'skipped' }]
      }
    ])
    expect(await wrong.stage.ledger()).toContain('fails at pay')
    expect(await wrong.stage.ledger()).toMatch(/images.{1,20}container.{1,10}app.{1,20}sha256:/)
  })
})

describe('a version that works', () => {
  test('is released by a person who has seen the evidence', () => {
    expect(right.outputs).toMatchObject({ outcome: 'released', 'approved-by': 'Ann (U0ANN)' })
    const evidence = JSON.parse(right.outputs['evidence'] ?? '[]') as Left['report']['evidence']
    expect(ofGreen(evidence)).toMatchObject([
      { name: 'checks', section: 'checks', verdict: 'passed', required: false },
      { name: 'order and pay', section: 'flow', verdict: 'passed', required: true }
    ])
    expect([...right.versions]).toContain('2')
  })
})

describe('without a ledger', () => {
  test('the job itself stops what fails, before traffic moves', () => {
    expect(stopped.outputs).toMatchObject({ outcome: 'stopped', rollback: 'succeeded' })
    const log = stopped.lines.join('\n')
    expect(log).toContain('nothing holds traffic back until they are there')
    expect(log).toContain('order and pay failed: fails at pay: status 500, wanted 200')
    expect([...stopped.versions]).toEqual(['1'])
  })
})

describe('production that fails once traffic has moved', () => {
  test('ends the release: stopped and rolled back, though a person had said yes', () => {
    expect(broken.outputs).toMatchObject({
      outcome: 'stopped',
      rollback: 'succeeded',
      'approval-status': 'approved'
    })
    expect(broken.lines.join('\n')).toMatch(
      /was stopped: availability: p99 above 1,000 ms: \d+ of \d+ answers/
    )
    expect([...broken.versions]).toEqual(expect.arrayContaining(['1', '2']))
  })
})

describe('load on green, and what CloudWatch says', () => {
  test('stand on the card, in the report, in the summary and in the ledger', async () => {
    const of = (section: string): Record<string, unknown> | undefined =>
      broken.report.evidence.find((evidence) => evidence['section'] === section)
    expect(of('load')).toMatchObject({
      verdict: 'passed',
      required: false,
      load: { engine: 'autocannon', thresholds: [{ text: 'p99 < 30 s', passed: true }] }
    })
    expect(of('metrics')).toMatchObject({ required: false })
    for (const text of [broken.stage.shown(), broken.summary, await broken.stage.ledger()]) {
      expect(text).toContain('autocannon')
      expect(text).toContain('metrics')
    }
  })
})
