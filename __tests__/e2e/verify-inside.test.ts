import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StepResult } from '../../runner/run-action.ts'
import { openGateStage, type GateStage, type GateStageOptions } from './gate-stage.ts'
import { orderAndPay } from './order-and-pay.ts'

/*
 * An internal load balancer: the job can neither resolve its name nor reach a
 * task, and the bundled function, which is attached to the VPC, can. Tasks are
 * processes, listeners are proxies.
 */

/** No `target`: what is asked is found out from AWS. The health check sees none of it. */
const FILE = `
version: 1
env: [CUSTOMER]
checks:
  required: true
  requests:
    - { name: health, path: /health, expect: { json: { $.status: ok } } }
    - { name: nothing here, path: /nowhere, expect: { status: 404 } }
${orderAndPay('x-customer: "{{env.CUSTOMER}}"')}`
const CUSTOMER = 'canary-of-a-customer'

interface Left extends StepResult {
  readonly stage: GateStage
  readonly report: { readonly evidence: readonly Record<string, unknown>[] }
  /** What production answered while the release went on. */
  readonly versions: ReadonlySet<string>
}

let workspace: string
const stages: GateStage[] = []

async function release(
  bug: string,
  world: GateStageOptions['world'],
  atTheGate: (stage: GateStage) => Promise<unknown>,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Left> {
  const stage = await openGateStage({
    dataPlane: true,
    onUngated: 'report',
    world: { scheme: 'internal', ...world },
    verifySecret: JSON.stringify({ CUSTOMER })
  })
  stages.push(stage)
  const step = await stage.start(
    {
      'environment-variables': `BUG=${bug}`,
      verification: 'verification.yml',
      'verify-function': stage.app.verifyFunction,
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
  const [result] = await Promise.all([step.result, atTheGate(stage)])
  clearInterval(looking)
  const report = JSON.parse(
    await readFile(result.outputs['report'] ?? '', 'utf8')
  ) as Left['report']
  return { ...result, stage, report, versions }
}

const approve = async (stage: GateStage): Promise<void> => {
  const { ts } = await stage.card()
  await stage.slack.click('U0ANN', ts, 'gate_approve')
}

/** The gate's event before and after somebody has had the function answer for it. */
const gateEvents: (string | undefined)[] = []
const attackAndApprove = async (stage: GateStage): Promise<void> => {
  await stage.card()
  const { codedeploy, lambda } = stage.emulator.world
  const [deployment] = [...codedeploy.deployments.values()]
  const [asked] = [...(deployment?.hookExecutions ?? [])].filter(
    ([, { status }]) => status === 'Pending'
  )
  const note = (): void => {
    const event = deployment?.events.find(
      ({ lifecycleEventName }) => lifecycleEventName === 'BeforeAllowTraffic'
    )
    gateEvents.push(event?.status)
  }
  note()
  await lambda.invoke(stage.app.verifyFunction, {
    DeploymentId: deployment?.info.deploymentId,
    LifecycleEventHookExecutionId: asked?.[0]
  })
  note()
  await approve(stage)
}
const nobody = (): Promise<void> => Promise.resolve()

let right: Left
let wrong: Left
let direct: Left
let wrongDirect: Left
let ungated: Left

beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'))
  await writeFile(join(workspace, 'verification.yml'), FILE)
  ;[right, wrong] = await Promise.all([
    release('', {}, attackAndApprove),
    release('payment-500', {}, nobody)
  ])
  const noTestListener = { testListener: false, desiredCount: 2 }
  ;[direct, wrongDirect, ungated] = await Promise.all([
    release('', noTestListener, approve),
    release('payment-500', noTestListener, nobody),
    release('payment-500', noTestListener, nobody, {
      'gate-function': '',
      'require-approval': 'false'
    })
  ])
}, 240_000)
afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
  await rm(workspace, { recursive: true, force: true })
})

const hooksOf = ({ stage }: Left): (string | undefined)[] => {
  const [application] = [...stage.emulator.world.codedeploy.applications.values()]
  const [{ content } = { content: '' }] = [...(application?.revisions.values() ?? [])]
  return ['AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'].filter((event) =>
    content.includes(event)
  )
}

describe('behind an internal test listener', () => {
  test('green is asked by the function, and released by a person who has seen what it found', () => {
    expect(right.outputs).toMatchObject({ outcome: 'released', 'approved-by': 'Ann (U0ANN)' })
    expect(hooksOf(right)).toEqual(['AfterAllowTestTraffic', 'BeforeAllowTraffic'])
    expect([...right.versions]).toContain('2')
  })

  test("whoever invokes the function with the gate's execution id opens nothing: a person is still asked", () => {
    expect(gateEvents).toEqual(['InProgress', 'InProgress'])
    expect(right.stage.app.logs().join('')).toContain(
      'BeforeAllowTraffic is InProgress, not Pending'
    )
  })

  test('all of it is in the report, the summary, the output and on the card', () => {
    expect(right.report.evidence).toMatchObject([
      { name: 'checks', verdict: 'passed', requests: [{ status: 200 }, { status: 404 }] },
      { name: 'order and pay', verdict: 'passed', requests: [{ status: 201 }, {}, {}] }
    ])
    expect(JSON.parse(right.outputs['evidence'] ?? '[]')).toMatchObject([
      { name: 'checks', required: true },
      { name: 'order and pay', required: true, summary: expect.stringMatching(/^3 steps in/) }
    ])
    expect(right.summary).toMatch(/\| health \| `GET \/health` \| 200 \| \d+ ms \| ✅.passed \|/)
    expect(right.lines.join('\n')).toMatch(/order and pay passed/)
    expect(right.stage.shown()).toContain('3 steps in')
    expect(right.stage.shown()).not.toContain('asked at the tasks directly')
  })

  test('a wrong version is rejected on record with nobody clicking, and never gets production traffic', async () => {
    expect(wrong.outputs).toMatchObject({
      outcome: 'rejected',
      'approval-reason': 'order and pay: fails at pay: status 500, wanted 200',
      rollback: 'succeeded'
    })
    expect(wrong.stage.shown()).toContain('*Rejected* by the evidence itself')
    expect(await wrong.stage.ledger()).toContain('"REJECTED')
    expect([...wrong.versions]).toEqual(['1'])
  })

  test('a value of the secret is used, and shown nowhere', async () => {
    const ledger = await right.stage.ledger()
    const shown = [right.lines.join(), right.summary, right.stage.app.logs().join(), ledger]
    expect(shown.join()).not.toContain(CUSTOMER)
    expect(JSON.stringify(right.report)).not.toContain(CUSTOMER)
  })
})

describe('without a test listener', () => {
  test('the tasks are asked directly, every one of them, as soon as they run', () => {
    expect(direct.outputs).toMatchObject({ outcome: 'released' })
    expect(hooksOf(direct)).toEqual(['AfterInstall', 'BeforeAllowTraffic'])
    const [checks] = direct.report.evidence
    const names = (checks?.['requests'] as { name: string }[]).map(({ name }) => name)
    expect(names).toHaveLength(4)
    expect(new Set(names.map((name) => /\(task (\w{8})\)$/.exec(name)?.[1])).size).toBe(2)
    expect(direct.lines.join('\n')).toContain("asked from inside the VPC at green's tasks directly")
  })

  test('card, summary and report say so', () => {
    expect(direct.summary).toContain(
      '<b>checks</b> passed (required, asked at the tasks directly): 4'
    )
    expect(direct.report.evidence).toMatchObject([{ asked: 'tasks' }, { asked: 'tasks' }])
    expect(right.report.evidence).toMatchObject([{ asked: 'address' }, { asked: 'address' }])
    expect(direct.stage.shown()).toContain(
      'asked at the tasks directly, not through a load balancer): 3 steps in'
    )
  })

  test('a wrong version never gets production traffic', () => {
    expect(wrongDirect.outputs).toMatchObject({ outcome: 'rejected', rollback: 'succeeded' })
    expect([...wrongDirect.versions]).toEqual(['1'])
  })

  test('a wrong version fails the hook itself where nobody is asked', () => {
    expect(ungated.outputs).toMatchObject({ outcome: 'failed' })
    expect([...ungated.versions]).toEqual(['1'])
    expect(ungated.report.evidence).toMatchObject([
      { name: 'checks', verdict: 'passed' },
      { name: 'order and pay', verdict: 'failed' }
    ])
  })
})

test('what the function called is judged by the policies of its own role', async () => {
  const { used } = await right.stage.judge()
  expect(used['VerifyRole']).toEqual(
    expect.arrayContaining(['codedeploy:PutLifecycleEventHookExecutionStatus', 'dynamodb:PutItem'])
  )
})
