import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { StepResult } from '../../runner/run-action.ts'
import { CANARIES, leaks } from './canaries.ts'
import { openGateStage } from './gate-stage.ts'
import type { GateStage, GateStageOptions } from './gate-stage.ts'

/** What a release through the gate left behind. */
interface Left extends StepResult {
  readonly stage: GateStage
  readonly log: string
}

const stages: GateStage[] = []

async function open(options?: GateStageOptions): Promise<GateStage> {
  const stage = await openGateStage(options)
  stages.push(stage)
  return stage
}

afterAll(async () => {
  await Promise.all(stages.map((stage) => stage.close()))
})

async function release(
  stage: GateStage,
  atTheGate: () => Promise<unknown>,
  inputs: Readonly<Record<string, string>> = {}
): Promise<Left> {
  const step = await stage.start(inputs)
  const decided = stage.card().then(atTheGate)
  const result = await step.result
  // Where there was no gate, there is nothing to wait for.
  if (stage.slack.workspace.messages.length > 0) await decided
  // The runner keeps what is to be masked to itself.
  const log = result.lines.filter((line) => !line.startsWith('::add-mask::')).join('\n')
  return { ...result, stage, log }
}

const press = async (stage: GateStage, user: string, action: string): Promise<unknown> =>
  stage.slack.click(user, (await stage.card()).ts, action)

async function approved(): Promise<Left> {
  const stage = await open({ switches: { eventDelivery: 'duplicated' } })
  return release(
    stage,
    async () => {
      await press(stage, 'U0OCTO', 'gate_approve')
      // A double click, and somebody else at the same moment.
      await Promise.all(
        ['U0ANN', 'U0ANN', 'U0BEN'].map((user) => press(stage, user, 'gate_approve'))
      )
    },
    {
      'environment-url': 'https://shop.example.com'
    }
  )
}

async function rejected(): Promise<Left> {
  const stage = await open({ switches: { httpApiBody: 'text' } })
  return release(stage, async () => {
    // A person presses again if Slack shows that the app did not answer within three seconds.
    for (let tries = 0; tries < 3 && !stage.slack.workspace.views.has('U0BEN'); tries++) {
      await press(stage, 'U0BEN', 'gate_reject')
    }
    await stage.slack.submit('U0BEN', { reason: 'totals are wrong' })
  })
}

/** The functions' clock is almost at the end of the gate's 55 minutes when it opens; CodeDeploy's hour has just begun. */
async function expired(): Promise<Left> {
  const stage = await open({ awsBehindMs: 55 * 60_000 - 25_000 })
  return release(stage, () => Promise.resolve())
}

let approval: Left
let rejection: Left
let expiry: Left

beforeAll(async () => {
  ;[approval, rejection, expiry] = await Promise.all([approved(), rejected(), expired()])
}, 180_000)

describe('approved through the bundled functions', () => {
  test('is released, and the outputs say by whom and when', () => {
    expect(approval.exitCode).toBe(0)
    expect(approval.outputs).toMatchObject({
      outcome: 'released',
      'approval-status': 'approved',
      'approved-by': expect.stringMatching(/^(Ann \(U0ANN\)|Ben \(U0BEN\))$/)
    })
    expect(Date.parse(approval.outputs['approved-at'] ?? '')).toBeGreaterThan(0)
    expect(approval.outputs).not.toHaveProperty('approval-reason')
  })

  test('the summary tells the story of the decision', () => {
    expect(approval.summary).toContain(
      `**Approved** by **${approval.outputs['approved-by'] ?? ''}**`
    )
    expect(approval.summary).toContain('octocat, proven by GitHub')
    expect(approval.summary).toMatch(/\*\*On record\*\* `1-[0-9a-f]{64}`/)
  })

  test('who asked for it could not approve it, and who came too late was told', () => {
    const { ephemerals } = approval.stage.slack.workspace
    const said = ephemerals.map(({ user, text }) => `${user}: ${text}`).sort()
    const byAnn = approval.outputs['approved-by']?.startsWith('Ann') === true
    const tooLate = byAnn
      ? [/^U0BEN: Too late: approved by <@U0ANN>/]
      : // Both clicks of the double one.
        [/^U0ANN: Too late: approved by <@U0BEN>/, /^U0ANN: Too late: approved by <@U0BEN>/]
    expect(said).toEqual(
      [...tooLate, /^U0OCTO: .*somebody else has to approve it/].map((text) =>
        expect.stringMatching(text)
      )
    )
  })

  test('one card, and it shows what became of the traffic, driven by the events of CodeDeploy; then one line says how it ended', async () => {
    const { stage } = approval
    const { messages } = stage.slack.workspace
    await stage.until(() => messages.length === 3)
    expect(stage.shown()).toContain('*Released*')
    // The card, the line of the release that has ended, and its story in the thread.
    const [card, line, story] = messages
    expect(card?.text).toBe('orders 1 → 2: released')
    expect(line).toMatchObject({ text: card?.text, thread: undefined })
    expect(story).toMatchObject({ thread: line?.ts, broadcast: false })
    expect(stage.shown()).toMatch(/\*Approved\* by <@U0(ANN|BEN)>/)
  })

  test('CodeDeploy was told once, by the gate alone', () => {
    const told = approval.stage.emulator.calls.list(
      'codedeploy:PutLifecycleEventHookExecutionStatus'
    )
    expect(told.filter(({ outcome }) => outcome === 'OK')).toHaveLength(1)
  })

  test('verify finds the chain whole with the head of the summary, and damage where there is some', async () => {
    const { stage, summary } = approval
    const head = /`(1-[0-9a-f]{64})`/.exec(summary)?.[1] ?? ''
    const args = [
      'verify',
      '--table',
      stage.app.table,
      '--service',
      'shop/orders',
      '--key',
      stage.app.key
    ]
    const found = await stage.command(...args, '--head', head)
    expect(found).toEqual({ code: 0, text: expect.stringContaining('1') })
    const cut = await stage.command(...args, '--head', head.replace('1-', '2-'))
    expect(cut.code).toBe(1)
    expect(cut.text).toMatch(/cut-off|cut off/)
  })

  test('history says who let it through', async () => {
    const { stage } = approval
    const { text } = await stage.command('history', '--table', stage.app.table, '--format', 'json')
    expect(JSON.parse(text)).toMatchObject([
      { state: 'APPROVED', service: 'shop/orders', by: expect.stringMatching(/Ann|Ben/) }
    ])
  })

  test("GitHub's deployment follows it", () => {
    const [deployment, ...others] = approval.stage.github.deployments
    expect(others).toEqual([])
    expect(deployment?.request).toMatchObject({
      environment: 'production',
      auto_merge: false,
      required_contexts: []
    })
    expect(deployment?.statuses.map(({ state }) => state)).toEqual([
      'queued',
      'in_progress',
      'success'
    ])
    expect(deployment?.statuses.at(-1)).toMatchObject({
      environment_url: 'https://shop.example.com',
      log_url: 'https://github.com/octo/shop/actions/runs/4242'
    })
  })
})

describe('what became of the release is on record', () => {
  test.each([
    ['approval', { state: 'APPROVED', result: 'released', rollback: 'none' }],
    ['rejection', { state: 'REJECTED', result: 'failed', rollback: 'succeeded', beganAt: '' }],
    ['expiry', { state: 'EXPIRED', result: 'failed', rollback: 'succeeded', beganAt: '' }]
  ] as const)('of the %s as the job has said it', async (name, expected) => {
    const { stage, outputs } = { approval, rejection, expiry }[name]
    const history = ['history', '--table', stage.app.table, '--service', 'orders']
    const ended = /\\"entry\\":\\"ended\\"/
    for (let looks = 0; looks < 150 && !ended.test(await stage.ledger()); looks++) {
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const { text } = await stage.command(...history, '--format', 'json')
    const entries: unknown = JSON.parse(text)
    expect(entries).toMatchObject([{ ...expected, requestedBy: 'octocat' }])
    const [entry] = entries as readonly Readonly<Record<string, string>>[]
    const state = { APPROVED: 'released', REJECTED: 'rejected', EXPIRED: 'expired' }
    expect(state[expected.state]).toBe(outputs['outcome'])
    expect(entry?.['shiftedAt'] === '').toBe(expected.state !== 'APPROVED')
    // The job says it to the millisecond as well.
    if (expected.state === 'APPROVED') {
      expect(Date.parse(entry?.['shiftedAt'] ?? '')).toBe(
        Date.parse(outputs['traffic-shifted-at'] ?? '')
      )
      const minute = entry?.['beganAt']?.slice(0, 16) ?? ''
      const { text: at } = await stage.command(...history, '--at', minute)
      expect(at).toContain('moving traffic')
      expect(at).toContain(`Taken as UTC: ${minute.replace('T', ' ')}:00`)
    }
  })
})

describe('rejected through the bundled functions', () => {
  test('is rejected with its reason, and nobody met version 2', () => {
    expect(rejection.exitCode).toBe(1)
    expect(rejection.outputs).toMatchObject({
      outcome: 'rejected',
      rollback: 'succeeded',
      'approval-status': 'rejected',
      'approval-reason': 'totals are wrong'
    })
    expect(rejection.summary).toContain('totals are wrong')
    expect(rejection.stage.shown()).toContain('*Rejected* by <@U0BEN>')
    const [deployment] = rejection.stage.github.deployments
    expect(deployment?.statuses.at(-1)).toMatchObject({ state: 'failure' })
  })
})

describe('nobody clicks', () => {
  test('expires at 55 minutes, told by the ledger from a rejection', () => {
    expect(expiry.outputs).toMatchObject({ outcome: 'expired', 'approval-status': 'expired' })
    expect(expiry.outputs).not.toHaveProperty('approved-by')
    expect(expiry.stage.shown()).toContain('That is not a rejection')
    expect(expiry.summary).toMatch(/expired/i)
  })
})

describe('threat: a secret leaks', () => {
  test.each(['approval', 'rejection', 'expiry'] as const)(
    'no canary in anything that the %s wrote: logs, outputs, summary, reports, ledger, Slack, events',
    async (name) => {
      const { stage } = { approval, rejection, expiry }[name]
      const { ledger = '', ...written } = await stage.written()
      // The search itself finds what is there.
      const image = leaks(['orders:2'], { ledger, ...written })
      for (const place of ['ledger', 'messages', 'report of step 1'])
        expect(image).toContain(`secret 0: ${place}`)
      // On the page a long name may break after its colon.
      expect(leaks(['BeforeAllowTraffic'], written)).toContain('secret 0: report-html of step 1')
      expect(
        leaks([...Object.values(CANARIES), stage.github.token], { ledger, ...written })
      ).toEqual([])
      // The OIDC token stands in the release's record, for the gate; it has expired, and is nowhere else.
      const token = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/
      const places = Object.keys(written).filter((place) => token.test(written[place] ?? ''))
      expect(places).toEqual([])
    }
  )
})
