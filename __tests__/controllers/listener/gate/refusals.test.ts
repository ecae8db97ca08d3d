import { describe, expect, test } from '@jest/globals'
import type { Policy } from '../../../../src/gate/policy/policy.ts'
import { handIn } from '../../../../src/ledger/moves.ts'
import { readHandedPlan } from '../../../../src/controllers/listener/handed-plan.ts'
import type { MovePlan } from '../../../../src/controllers/listener/move.ts'
import { MINUTE, policyWith, RULES } from '../../../gate/memory-world.ts'
import { clickPayload } from '../../../gate/slack-requests.ts'
import { failoverStage, PAIR, planWith, RELEASE, ROUTE, steps } from './failover-stage.ts'

const OTHER = ROUTE.replace('3c', '9f')

describe('threat: a plan names a listener that is none of the service’s', () => {
  const lenient = (listeners?: readonly string[]): Policy => ({
    ...policyWith(),
    services: [
      { pattern: 'shop/strict', rules: { quorum: 2, listeners: [OTHER] } },
      { pattern: 'shop/orders', rules: { ...RULES, ...(listeners && { listeners }) } }
    ]
  })

  test.each<[string, Policy, readonly string[], MovePlan, string]>([
    ['the stack does not allow', policyWith(), [OTHER], planWith(), 'FailoverRoutes'],
    [
      'the policy gives to another service',
      lenient([ROUTE]),
      [ROUTE, OTHER],
      planWith({ route: OTHER }),
      "the policy's listeners of shop/orders do not contain"
    ],
    [
      'nobody has given to a service, where services have rules of their own',
      lenient(),
      [ROUTE],
      planWith(),
      'it has to say which service'
    ]
  ])('that %s: refused on record, and nothing moves', async (_, policy, routes, plan, why) => {
    const stage = failoverStage(policy, { routes })
    await expect(stage.begin(plan)).rejects.toThrow(why)
    await stage.minutes(3)
    expect(stage.balancer.writes).toEqual([])
    expect(await stage.gates()).toEqual([])
    const refused = [...stage.table.items.values()].find(({ pk }) => pk === `move#${RELEASE}`)
    expect(refused?.['refused']).toContain(why)
  })

  test('that the policy gives to it: asked for', async () => {
    const stage = failoverStage(lenient([ROUTE]))
    await stage.begin()
    expect((await stage.seen()).gate).toBe('open')
  })
})

describe('threat: a job hands in what the gate would not let through', () => {
  test.each<[string, Partial<MovePlan>, string]>([
    [
      'does not ask',
      { steps: steps('once').map((step) => ({ ...step, asks: false })) },
      'does not ask a person before its first step'
    ],
    ['falls', { steps: [...steps('once')].reverse() }, 'no rising steps'],
    ['has no step', { steps: [] }, 'no rising steps'],
    ['names one group twice', { pair: { from: PAIR.to, to: PAIR.to } }, 'two target groups'],
    ['names no listener', { route: 'arn:aws:s3:::bucket' }, 'no listener and no rule'],
    ['starts from nothing', { start: { from: 0, to: 0 } }, 'which weights it starts from']
  ])('a plan that %s is not begun, whoever has checked it before', async (_, more, why) => {
    const stage = failoverStage()
    await expect(stage.moves.begin(planWith(more))).rejects.toThrow(why)
    // A job that does not check it.
    const { clock, table } = stage
    const text = JSON.stringify({
      ...{ version: 1, deploymentId: RELEASE, cluster: 'shop', service: 'orders' },
      ...{ sides: PAIR, plan: planWith(more), createdAt: clock.now(), at: clock.now() }
    })
    const id = { deploymentId: RELEASE, moveId: RELEASE }
    await handIn(table, 'shop/orders', id, 'plan', { text, at: clock.now() })
    await stage.minutes(2)
    expect(stage.balancer.writes).toEqual([])
    const kept = [...table.items.values()].find(({ pk }) => pk === `move#${RELEASE}`)
    expect(kept?.['refused']).toContain(why)
  })

  test('limits are handed in as a verification file has them, and others are refused', async () => {
    const stage = failoverStage()
    await stage.begin()
    const plan = [...stage.table.items.values()].find((item) => 'plan' in item && 'wakes' in item)
    expect(plan?.['plan']).toContain('{"limits":["green response-time < 300 ms"]}')
    const written = plan?.['plan']
    const text = (typeof written === 'string' ? written : '').replace('response-time', 'mood')
    expect(readHandedPlan(text)).toContain('mood')
  })

  test('a plan that was replaced after it was taken changes nothing', async () => {
    const stage = failoverStage()
    await stage.begin()
    const [plan] = [...stage.table.items.values()].filter(
      (item) => 'plan' in item && 'wakes' in item
    )
    if (!plan) throw new Error('no plan was handed in')
    const other = JSON.stringify({
      ...(JSON.parse(typeof plan['plan'] === 'string' ? plan['plan'] : '{}') as object),
      plan: planWith({ route: OTHER })
    })
    stage.table.items.set(`${plan.pk}\n${plan.sk}`, { ...plan, plan: other })
    await stage.minutes(1)
    expect((await stage.seen()).plan.route).toBe(ROUTE)
  })

  test('an old plan is left alone, so that its job can say that nothing will move', async () => {
    const stage = failoverStage()
    const begun = stage.moves.begin(planWith())
    begun.catch(() => undefined)
    for (let minute = 0; minute < 6; minute++) await stage.clock.advance(MINUTE)
    await expect(begun).rejects.toThrow(
      'no function of the gate has taken the plan within 5 minutes'
    )
    await stage.minutes(2)
    expect(await stage.gates()).toEqual([])
  })

  test('a second release of the same listener is refused while one moves', async () => {
    const stage = failoverStage()
    await stage.begin()
    await expect(stage.begin(planWith({ releaseId: `${RELEASE}-again` }))).rejects.toThrow(
      /has not been completed|is moving the same listener/
    )
  })
})

describe('threat: somebody rolls back who may not', () => {
  test('nobody but who may reject, and on the card alone', async () => {
    const stage = failoverStage()
    await stage.begin()
    await stage.click('U0ANN', 'approve')
    await stage.mover()
    const { slack, balancer } = stage
    await stage.click('U0EVE', 'roll-back')
    expect(slack.ephemerals.at(-1)?.text).toContain('You are not among the approvers')
    const [gate] = await stage.gates()
    const elsewhere = clickPayload('U0ANN', 'roll-back', gate?.facts.id ?? '', { message: '9.9' })
    await stage.send(elsewhere)
    expect(slack.ephemerals.at(-1)?.text).toContain("not on the gate's own message")
    await stage.mover()
    expect(balancer.live.to).toBe(10)
    // Whoever asked for the release may, and so may who breaks the glass.
    await stage.click('U0CHO', 'roll-back')
    await stage.mover()
    expect(balancer.live.to).toBe(0)
  })

  test('a second click says what has become of it, and one after the end that nothing moves', async () => {
    const stage = failoverStage()
    await stage.begin()
    await stage.click('U0BEN', 'roll-back')
    expect(stage.slack.ephemerals.at(-1)?.text).toContain('moves nothing')
    await stage.click('U0ANN', 'approve')
    await stage.mover()
    await stage.click('U0ANN', 'roll-back')
    expect(stage.slack.ephemerals).toHaveLength(1)
    await stage.click('U0BEN', 'roll-back')
    expect(stage.slack.ephemerals.at(-1)?.text).toContain('It is rolled back already: <@U0ANN>')
    await stage.minutes(3)
    await stage.click('U0BEN', 'roll-back')
    expect(stage.slack.ephemerals).toHaveLength(3)
  })

  test('in a freeze nobody approves, and who may reject rolls back', async () => {
    const stage = failoverStage()
    await stage.begin()
    await stage.click('U0ANN', 'approve')
    await stage.mover()
    const from = stage.clock.now() - MINUTE
    stage.policy = policyWith({
      freeze: [{ name: 'year end', kind: 'once', from, until: from + 600 * MINUTE }]
    })
    await stage.click('U0BEN', 'roll-back')
    await stage.mover()
    expect(stage.balancer.live.to).toBe(0)
  })
})

describe('the card of a failover', () => {
  test('says in Korean what approving does, and how far the traffic is', async () => {
    const stage = failoverStage(policyWith(), { language: 'ko' })
    await stage.begin(planWith({ steps: steps('every-step') }))
    expect(JSON.stringify(stage.slack.shown)).toContain(
      '승인하면 트래픽의 10%를 prod2 쪽으로 전환합니다. 단계마다 2분 동안 확인합니다. 50% 전에 다시 승인을 요청합니다.'
    )
    await stage.click('U0ANN', 'approve')
    await stage.mover()
    await stage.sweep()
    const shown = JSON.stringify(stage.slack.shown)
    expect(shown).toContain('새 요청의 *10%* 전환됨 (`prod2`), 다음 단계 50%')
    expect(shown).toContain('gate_roll_back')
  })
})
