import { describe, expect, test } from '@jest/globals'
import { MINUTE, policyWith } from './memory-world.ts'
import { ASKED, GATE, stage, type Stage } from './stage.ts'

async function opened(...settings: Parameters<typeof stage>): Promise<Stage> {
  const place = stage(...settings)
  await place.hook()
  return place
}

const OK = { statusCode: 200, body: '' }
const said = (place: Stage): string | undefined => place.slack.ephemerals.at(-1)?.text

describe('in an organization (Enterprise Grid)', () => {
  const organization = policyWith()
  const policy = {
    ...organization,
    slack: { ...organization.slack, enterprise: 'E0ORG' }
  }
  const ann = { ids: ['U0ANN', 'W0ANN'], teams: ['T0ELSE'], enterprise: 'E0ORG' }

  test('a click of an app that is installed for all of it counts, by whichever id', async () => {
    const place = await opened(policy)
    place.slack.people.set('W0ANN', ann)
    expect(await place.click('W0ANN', 'approve', { enterprise: 'E0ORG' })).toEqual(OK)
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      decision: { by: [{ id: 'U0ANN' }] }
    })
    expect(place.slack.ephemerals).toEqual([])
  })

  test('and one person votes once, whichever id the click has', async () => {
    const place = await opened({ ...policy, rules: { ...policy.rules, quorum: 2 } })
    place.slack.people.set('W0ANN', ann)
    place.slack.people.set('U0ANN', ann)
    await place.click('W0ANN', 'approve', { enterprise: 'E0ORG' })
    await place.click('U0ANN', 'approve', { enterprise: 'E0ORG' })
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [{ user: 'U0ANN' }] })
  })

  test.each([
    ['of another organization', policy, 'E0OTHER'],
    ['where the policy names none', organization, 'E0ORG']
  ])('a click %s comes from elsewhere', async (_, rules, enterprise) => {
    const place = await opened(rules)
    place.slack.people.set('U0ANN', ann)
    await place.click('U0ANN', 'approve', { enterprise })
    expect((await place.gate()).state).toBe('PENDING')
    expect(said(place)).toMatch(/another workspace/)
  })
})

describe('a click on Approve', () => {
  test('by an approver: decided, on record, told to CodeDeploy, shown', async () => {
    const place = await opened()
    expect(await place.click('U0ANN', 'approve')).toEqual(OK)
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      effect: 'APPLIED',
      decision: { by: [{ id: 'U0ANN', name: 'U0ANN' }], breakGlass: false, policy: 'f'.repeat(64) },
      head: expect.stringMatching(/^1-[0-9a-f]{64}$/)
    })
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])
    expect(JSON.stringify(place.slack.shown)).toContain('*Approved* by <@U0ANN>')
    expect(place.slack.ephemerals).toEqual([])
  })

  test('fault: a double click: one decision, one effect, and no complaint', async () => {
    const place = await opened()
    await Promise.all([place.click('U0ANN', 'approve'), place.click('U0ANN', 'approve')])
    expect(await place.click('U0ANN', 'approve')).toEqual(OK)
    expect(place.plane.told).toHaveLength(1)
    // The gate, what answers its hook, and the decision's row.
    expect(place.table.items.size).toBe(3)
    expect(place.slack.ephemerals).toEqual([])
  })

  test('fault: approve against reject at once: one decision, one effect, and the loser is told', async () => {
    const place = await opened()
    await Promise.all([
      place.click('U0ANN', 'approve'),
      place.submit('U0BEN', 'reject', 'totals are wrong')
    ])
    const { state, decision } = await place.gate()
    expect(decision?.by).toHaveLength(1)
    const answer = state === 'APPROVED' ? 'go' : 'no-go'
    expect(place.plane.told).toMatchObject([{ answer }])
  })

  test('the loser of a race is told who was first', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    await place.click('U0BEN', 'approve')
    expect(place.slack.ephemerals).toMatchObject([
      { user: 'U0BEN', text: expect.stringMatching(/^Too late: approved by <@U0ANN>/) }
    ])
  })

  test('of a quorum of two: the first is a vote, the second decides', async () => {
    const place = await opened(policyWith({ quorum: 2 }))
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'PENDING', effect: 'NONE' })
    expect(JSON.stringify(place.slack.shown)).toContain('1 of 2 approvals: <@U0ANN>')
    await place.click('U0ANN', 'approve')
    expect((await place.gate()).state).toBe('PENDING')
    await place.click('U0BEN', 'approve')
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      decision: { by: [{ id: 'U0ANN' }, { id: 'U0BEN' }] }
    })
  })

  test('one decline closes the gate, whatever the votes', async () => {
    const place = await opened(policyWith({ quorum: 2 }))
    await place.click('U0ANN', 'approve')
    await place.submit('U0BEN', 'reject', 'wrong totals')
    await place.click('U0CHO', 'approve')
    expect((await place.gate()).state).toBe('REJECTED')
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test('by a member of a group: the membership as it was goes on record', async () => {
    const place = await opened(policyWith({ approvers: { users: [], groups: ['S0OPS'] } }))
    place.slack.groups.set('S0OPS', ['U0DAY', 'U0EVE'])
    await place.click('U0DAY', 'approve')
    const group = { id: 'S0OPS', members: ['U0DAY', 'U0EVE'] }
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      votes: [{ user: 'U0DAY', group }]
    })
    const row = [...place.table.items.values()].find(({ pk }) => pk.startsWith('chain#'))
    expect(JSON.stringify(row)).toContain('U0EVE')
  })

  test('after 55 minutes: expired, never approved', async () => {
    const place = await opened()
    await place.clock.advance(55 * MINUTE)
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'EXPIRED', effect: 'NONE' })
    expect(said(place)).toMatch(/^Too late: it expired/)
    await place.sweep()
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test("fault: a click after the hook's hour: LATE, shown as such, never released", async () => {
    const place = await opened()
    // The decision falls in time, its effect does not: CodeDeploy had been stopped.
    place.plane.ended = { status: 'stopped', rollback: 'succeeded', at: place.clock.now() }
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', effect: 'LATE' })
    expect(JSON.stringify(place.slack.shown)).toContain('*Too late*')
    expect(place.plane.told).toEqual([])
  })
})

describe('a click on Reject', () => {
  test('opens the modal, and decides nothing', async () => {
    const place = await opened()
    expect(await place.click('U0ANN', 'reject')).toEqual(OK)
    expect(place.slack.views).toMatchObject([
      { callback_id: 'gate_reject', private_metadata: GATE }
    ])
    expect((await place.gate()).state).toBe('PENDING')
  })

  test('looks for no place in the chain before there is a reason', async () => {
    const place = await opened()
    place.table.last = () => Promise.reject(new Error('looked'))
    await place.click('U0ANN', 'reject')
    expect(place.slack.views).toHaveLength(1)
  })

  test('with its reason: rejected', async () => {
    const place = await opened()
    expect(await place.submit('U0ANN', 'reject', '  wrong totals ')).toEqual(OK)
    expect(await place.gate()).toMatchObject({
      state: 'REJECTED',
      decision: { reason: 'wrong totals', by: [{ id: 'U0ANN' }] }
    })
    expect(JSON.stringify(place.slack.shown)).toContain('wrong totals')
  })

  test('without a reason: asked again at the field', async () => {
    const place = await opened()
    const { body } = await place.submit('U0ANN', 'reject', '   ')
    expect(JSON.parse(body)).toEqual({
      response_action: 'errors',
      errors: { reason: 'A reason is needed.' }
    })
    expect((await place.gate()).state).toBe('PENDING')
  })

  test('too late: told at the field, by name', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    const { body } = await place.submit('U0BEN', 'reject', 'wrong totals')
    expect(body).toMatch(/Too late: approved by U0ANN, \d\d:\d\d UTC\./)
  })
})

describe('breaking the glass', () => {
  const alone = policyWith({ quorum: 2 })

  test('by who may: against the quorum, with a reason, on record as what it is', async () => {
    const place = await opened(alone)
    await place.submit('U0CHO', 'break-glass', 'outage')
    expect(await place.gate()).toMatchObject({
      state: 'APPROVED',
      decision: { breakGlass: true, reason: 'outage', by: [{ id: 'U0CHO' }] }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])
  })

  test('without a reason, or by somebody else: nothing', async () => {
    const place = await opened(alone)
    await place.submit('U0CHO', 'break-glass', '')
    const { body } = await place.submit('U0ANN', 'break-glass', 'please')
    expect(body).toContain('not among those who may break the glass')
    expect((await place.gate()).state).toBe('PENDING')
  })
})

describe('who may not', () => {
  test.each<[string, Parameters<Stage['click']>, Parameters<typeof stage>, RegExp]>([
    ['is not listed', ['U0NEW', 'approve'], [], /not among the approvers/],
    [
      'asked for it',
      ['U0ANN', 'approve'],
      [undefined, { ...ASKED, users: ['U0ANN'] }],
      /somebody else has to approve/
    ],
    [
      'nobody can',
      ['U0ANN', 'approve'],
      [undefined, { ...ASKED, verified: false, why: 'no-token' }],
      /nothing proves who asked/
    ],
    ['from another workspace', ['U0ANN', 'approve', { team: 'T0OTHER' }], [], /another workspace/],
    ['through another app', ['U0ANN', 'approve', { app: 'A0OTHER' }], [], /another workspace, app/],
    ['from another channel', ['U0ANN', 'approve', { channel: 'C0OTHER' }], [], /app or channel/]
  ])('%s: told so, alone, and nothing is decided', async (_, click, settings, text) => {
    const place = await opened(...settings)
    expect(await place.click(...click)).toEqual(OK)
    expect(place.slack.ephemerals).toEqual([{ user: click[0], text: expect.stringMatching(text) }])
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [], effect: 'NONE' })
  })

  test('a gate that nobody knows', async () => {
    const place = stage()
    expect(await place.click('U0ANN', 'approve')).toEqual(OK)
    expect(said(place)).toMatch(/not known/)
  })

  test('in Korean, where the policy says so', async () => {
    const place = await opened(policyWith({}, { language: 'ko' }))
    await place.click('U0NEW', 'approve')
    expect(said(place)).toMatch(/승인자가 아닙니다/)
  })
})

describe('failing closed at the click', () => {
  test('Slack cannot say who it is: nothing is decided', async () => {
    const place = await opened()
    place.slack.person = () => Promise.reject(new Error('users.info failed'))
    await place.click('U0ANN', 'approve')
    expect(said(place)).toMatch(/could not say who you are/)
    expect((await place.gate()).state).toBe('PENDING')
  })

  test('a group cannot be read: nothing is decided', async () => {
    const place = await opened(policyWith({ approvers: { users: ['U0ANN'], groups: ['S0GONE'] } }))
    await place.click('U0ANN', 'approve')
    expect(said(place)).toMatch(/could not say who you are/)
    expect((await place.gate()).state).toBe('PENDING')
  })

  test('the policy cannot be read: nothing is decided', async () => {
    const place = await opened()
    place.policy = new Error('throttled')
    await place.click('U0ANN', 'approve')
    expect(said(place)).toMatch(/policy cannot be read/)
    expect((await place.gate()).state).toBe('PENDING')
  })

  test.each(['get', 'update'] as const)(
    'fault: the ledger cannot be used (%s): the clicker is told, and nothing moves',
    async (name) => {
      const place = await opened()
      place.table[name] = () => Promise.reject(new Error('the table is gone'))
      expect((await place.click('U0ANN', 'approve')).statusCode).toBe(200)
      expect(said(place)).toMatch(/may not have counted/)
      expect(place.plane.told).toEqual([])
    }
  )

  test('the row cannot be sealed: nothing is told, and the sweep goes on from there', async () => {
    const place = await opened()
    const mac = place.seal.mac.bind(place.seal)
    place.platform.seal.mac = () => Promise.reject(new Error('KMS is down'))
    expect(await place.click('U0ANN', 'approve')).toEqual(OK)
    expect(place.slack.ephemerals).toEqual([])
    expect(place.plane.told).toEqual([])
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', effect: 'NONE', head: undefined })
    place.platform.seal.mac = mac
    await place.sweep()
    expect(await place.gate()).toMatchObject({ effect: 'APPLIED' })
  })

  test("fault: CodeDeploy's answer is lost: driven again, told once, APPLIED", async () => {
    const place = await opened()
    const report = place.plane.answer.bind(place.plane)
    place.plane.answer = async (...args) => {
      await report(...args)
      throw new Error('socket hang up')
    }
    expect(await place.click('U0ANN', 'approve')).toEqual(OK)
    expect(place.slack.ephemerals).toEqual([])
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', effect: 'NONE' })
    place.plane.answer = report
    await place.sweep()
    expect(await place.gate()).toMatchObject({ effect: 'APPLIED' })
    expect(place.plane.told).toHaveLength(1)
  })

  test('fault: CodeDeploy throttles a rejection: it stands, the modal closes, and the sweep goes on', async () => {
    const place = await opened()
    const report = place.plane.answer.bind(place.plane)
    place.plane.answer = () => Promise.reject(new Error('throttled'))
    expect(await place.submit('U0ANN', 'reject', 'wrong totals')).toEqual(OK)
    expect(await place.gate()).toMatchObject({ state: 'REJECTED', effect: 'NONE' })
    // Somebody else is told what is decided, not that nothing is.
    await place.click('U0BEN', 'approve')
    expect(said(place)).toMatch(/rejected/i)
    place.plane.answer = report
    await place.sweep()
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
  })

  test('fault: Slack hangs: answered within 2.5 s, decided, and the card follows', async () => {
    const place = await opened()
    const update = place.slack.update.bind(place.slack)
    place.slack.update = () => new Promise(() => undefined)
    const answer = place.click('U0ANN', 'approve')
    await place.clock.advance(2_500)
    expect(await answer).toEqual(OK)
    expect(place.plane.told).toMatchObject([{ answer: 'go' }])
    place.slack.update = update
    await place.clock.advance(MINUTE)
    await place.sweep()
    expect(JSON.stringify(place.slack.shown)).toContain('*Approved*')
  })
})

describe('threat: the button of another message', () => {
  test.each([
    ['another message', { message: '9.000' }],
    ['a message that is not named', { message: '' }]
  ])('%s: refused, and nothing is decided', async (_, origin) => {
    const place = stage()
    await place.hook()
    await place.click('U0ANN', 'approve', origin)
    await place.click('U0BEN', 'reject', origin)
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
    expect(place.slack.views).toEqual([])
    expect(place.slack.ephemerals.map(({ user }) => user)).toEqual(['U0ANN', 'U0BEN'])
    for (const { text } of place.slack.ephemerals) {
      expect(text).toContain("not on the gate's own message")
    }
    await place.click('U0ANN', 'approve')
    expect(await place.gate()).toMatchObject({ state: 'APPROVED' })
  })

  test('a click in the moment before the card is noted counts', async () => {
    const place = stage()
    const post = place.slack.post.bind(place.slack)
    let clicked: Promise<unknown> | undefined
    place.slack.post = async (...message) => {
      const ts = await post(...message)
      clicked ??= place.click('U0ANN', 'approve')
      // The click is there before Slack's answer.
      for (let turn = 0; turn < 50; turn++) await Promise.resolve()
      return ts
    }
    await place.hook()
    await place.clock.advance(1_000)
    await clicked
    expect(await place.gate()).toMatchObject({ state: 'APPROVED' })
  })

  test('a card that was posted and not noted: the one that the gate has noted counts', async () => {
    const place = stage()
    await place.slack.post('C0GATE', 'the card of an invocation that crashed')
    await place.hook()
    await place.click('U0ANN', 'approve', { message: '1.000' })
    expect((await place.gate()).state).toBe('PENDING')
    await place.click('U0ANN', 'approve', { message: '2.000' })
    expect((await place.gate()).state).toBe('APPROVED')
  })
})
