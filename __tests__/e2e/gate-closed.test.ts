import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StepResult } from '../../runner/run-action.ts'
import { openGateStage } from './gate-stage.ts'
import type { GateStage, GateStageOptions } from './gate-stage.ts'

const stages: GateStage[] = []

async function open(options?: GateStageOptions): Promise<GateStage> {
  const stage = await openGateStage(options)
  stages.push(stage)
  return stage
}

afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
})

interface Left {
  readonly stage: GateStage
  readonly steps: readonly StepResult[]
}

async function run(
  stage: GateStage,
  inputs: Readonly<Record<string, string>> = {}
): Promise<StepResult> {
  return (await stage.start(inputs)).result
}

/** Slack does not answer while the hook asks. */
async function slackDown(): Promise<Left> {
  const stage = await open()
  stage.slack.fail('chat.postMessage', 'hang')
  return { stage, steps: [await run(stage)] }
}

/** A release without the gate, of a job that may do without, in a group that the watchdog looks after. */
async function ungated(): Promise<Left> {
  const stage = await open()
  const inputs = { 'gate-function': '', 'require-approval': 'false', 'ledger-table': '' }
  return { stage, steps: [await run(stage, inputs)] }
}

/**
 * Released, and gone back from through the gate; then twice under break-glass: to
 * what was gone back from, for which Ann is asked, and to what has served well.
 */
async function rolledBack(): Promise<Left> {
  const stage = await open({
    deploymentsRight: 'none',
    policy: 'break-glass: { users: [U0BEN], rollback: true }'
  })
  const first = stage.card().then(({ ts }) => stage.slack.click('U0ANN', ts, 'gate_approve'))
  const released = await run(stage)
  await first
  const second = stage.card(1).then(({ ts }) => stage.slack.click('U0ANN', ts, 'gate_approve'))
  const image = { image: '', 'container-name': '', 'environment-variables': '' }
  const back = await run(stage, { ...image, 'rollback-to': 'orders:1' })
  await second
  const third = stage.card(2).then(({ ts }) => stage.slack.click('U0ANN', ts, 'gate_approve'))
  const glass = { ...image, 'break-glass-reason': 'orders are wrong since noon' }
  const again = await run(stage, { ...glass, 'rollback-to': 'orders:2' })
  await third
  const last = await run(stage, { ...glass, 'rollback-to': 'orders:1' })
  return { stage, steps: [released, back, again, last] }
}

let down: Left
let without: Left
let back: Left

beforeAll(async () => {
  ;[down, without, back] = await Promise.all([slackDown(), ungated(), rolledBack()])
}, 180_000)

const log = ({ lines }: StepResult | undefined = {} as never): string => lines.join('\n')

describe('Slack down', () => {
  test('the gate fails closed with the reason in the ledger, and the traffic never moves', async () => {
    const { stage, steps } = down
    expect(steps[0]?.outputs).toMatchObject({
      outcome: 'failed',
      rollback: 'succeeded',
      'approval-status': 'pending'
    })
    expect(log(steps[0])).toContain('the card could not be posted to Slack')
    const { text } = await stage.command('history', '--table', stage.app.table, '--format', 'json')
    expect(JSON.parse(text)).toMatchObject([
      { state: 'FAILED', reason: 'the card could not be posted to Slack' }
    ])
    const [deployment] = stage.emulator.world.codedeploy.deployments.values()
    expect(deployment?.greenWeight).toBe(0)
  })
})

describe('a deployment without the gate', () => {
  test('is stopped by the watchdog, and the channel is told', () => {
    const { stage, steps } = without
    const [stopped] = stage.emulator.world.codedeploy.deployments.values()
    expect(steps[0]?.outputs).toMatchObject({
      outcome: 'stopped',
      'deployment-status': 'Stopped',
      // The watchdog asks for it, and there is none if it came before green was there.
      rollback: stopped?.info.rollbackInfo === undefined ? 'none' : 'succeeded'
    })
    expect(stage.shown()).toContain('It was stopped')
    expect(stage.shown()).toContain(steps[0]?.outputs['deployment-id'])
  })
})

describe('rollback-to', () => {
  test('releases the older revision through the same gate', () => {
    const { steps } = back
    expect(steps[0]?.outputs).toMatchObject({ outcome: 'released', 'approved-by': 'Ann (U0ANN)' })
    expect(steps[1]?.outputs).toMatchObject({
      outcome: 'released',
      'approval-status': 'approved',
      'approved-by': 'Ann (U0ANN)',
      'task-definition-arn': expect.stringMatching(/orders:1$/)
    })
  })

  test('under break-glass to what was gone back from waits for a person, and the card says why', () => {
    const { stage, steps } = back
    expect(steps[2]?.outputs).toMatchObject({
      outcome: 'released',
      'approved-by': 'Ann (U0ANN)',
      'task-definition-arn': expect.stringMatching(/orders:2$/)
    })
    expect(stage.shown(2)).toContain(
      `does not: \`${steps[1]?.outputs['deployment-id']}\` went back from this revision`
    )
  })

  test('passes without a person under audited break-glass, to what has served as it was approved', async () => {
    const { stage, steps } = back
    expect(steps[3]?.outputs).toMatchObject({
      outcome: 'released',
      'approval-status': 'approved',
      'approval-reason': 'orders are wrong since noon',
      'task-definition-arn': expect.stringMatching(/orders:1$/)
    })
    expect(stage.shown(3)).toContain('Break-glass')
    const { text } = await stage.command('history', '--table', stage.app.table, '--format', 'json')
    expect(JSON.parse(text)).toMatchObject([
      { state: 'APPROVED', breakGlass: true, reason: 'orders are wrong since noon' },
      { state: 'APPROVED', breakGlass: false },
      { state: 'APPROVED', breakGlass: false },
      { state: 'APPROVED', breakGlass: false }
    ])
  })

  test("GitHub refusing its deployment is a warning with what to add, and the release's own business goes on", () => {
    expect(log(back.steps[0])).toMatch(
      /GitHub's deployment does not follow this release.*deployments: write/
    )
    expect(back.steps[0]?.exitCode).toBe(0)
  })
})
