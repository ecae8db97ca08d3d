import { beforeEach, describe, expect, test } from '@jest/globals'
import type { HttpAnswer } from '../../../src/gate/callback/http.ts'
import { noteEvidence } from '../../../src/ledger/gates.ts'
import { releaseKey } from '../../../src/ledger/keys.ts'
import { CHANNEL, policyWith } from '../memory-world.ts'
import { clickPayload } from '../slack-requests.ts'
import { DEPLOYMENT, GATE, stage, type Stage } from '../stage.ts'

const DONE = { statusCode: 200, body: '' }

let place: Stage
beforeEach(async () => {
  place = stage(policyWith({ quorum: 2 }))
  await place.hook()
  place.lines.length = 0
})

const told = (line: string, fields: object): string => `${line} ${JSON.stringify(fields)}`
const TOO_LATE = /^Too late: approved by <@U0ANN>, <@U0BEN>/

describe('who has a part in what the gate is now', () => {
  test('sees the card go on with every vote', async () => {
    place = stage(policyWith({ quorum: 3 }))
    await place.hook()
    await place.click('U0ANN', 'approve')
    await place.click('U0BEN', 'approve')
    expect(JSON.stringify(place.slack.shown)).toContain('2 of 3 approvals: <@U0ANN> <@U0BEN>')
  })

  test('may click again without being told off', async () => {
    await place.click('U0ANN', 'approve')
    await place.click('U0BEN', 'approve')
    expect(await place.click('U0ANN', 'approve')).toEqual(DONE)
    expect(await place.click('U0BEN', 'approve')).toEqual(DONE)
    expect(place.slack.ephemerals).toEqual([])
  })

  test('is told that it is too late to want the opposite', async () => {
    await place.click('U0ANN', 'approve')
    await place.click('U0BEN', 'approve')
    const { body } = await place.submit('U0ANN', 'reject', 'on second thoughts')
    expect(body).toMatch(/Too late: approved by U0ANN, U0BEN, \d\d:\d\d UTC/)
    await place.click('U0ANN', 'reject')
    expect(place.slack.ephemerals).toEqual([
      { user: 'U0ANN', text: expect.stringMatching(TOO_LATE) }
    ])
    expect(place.slack.views).toEqual([])
  })
})

test('who comes too late leaves what is to be driven to those who have a part in it', async () => {
  place.plane.answer = () => Promise.reject(new Error('throttled'))
  await place.click('U0ANN', 'approve')
  await place.click('U0BEN', 'approve')
  let calls = 0
  place.plane.answer = () => {
    calls++
    return Promise.resolve('accepted')
  }
  await place.click('U0CHO', 'approve')
  expect(place.slack.ephemerals).toEqual([{ user: 'U0CHO', text: expect.stringMatching(TOO_LATE) }])
  expect(calls).toBe(0)
})

test.each<[string, () => Promise<HttpAnswer>]>([
  ['an approval', () => place.click('U0ANN', 'approve')],
  ['a reason', () => place.submit('U0ANN', 'reject', 'wrong totals')]
])('the place in the chain of %s is looked for while Slack says who it is', async (_, act) => {
  let looked = false
  place.table.last = () => {
    looked = true
    return Promise.resolve(undefined)
  }
  place.slack.person = () => new Promise(() => undefined)
  const answer = act()
  await place.clock.advance(2_500)
  expect(await answer).toEqual(DONE)
  expect(looked).toBe(true)
})

describe('a click waits a second for evidence', () => {
  /** A table that never answers for evidence, once the gate is open. */
  async function hanging(required: boolean): Promise<void> {
    place = stage()
    const named = { cluster: 'shop', service: 'orders', deploymentId: DEPLOYMENT }
    const evidence = [{ name: 'order and pay', verdict: 'pending', required, summary: '' }]
    const record = { version: 1, ...named, revision: { after: 'orders:2' }, evidence }
    const key = releaseKey('shop/orders', DEPLOYMENT)
    await place.table.create({ ...key, record: JSON.stringify(record) })
    await place.hook()
    const get = place.table.get.bind(place.table)
    place.table.get = (...asked) =>
      asked[0].sk.includes('#evidence#') ? new Promise(() => undefined) : get(...asked)
  }

  /** Whether the click is answered after so many milliseconds. */
  async function answeredAfter(ms: number, answer: Promise<HttpAnswer>): Promise<boolean> {
    const done = { yet: false }
    void answer.then(() => (done.yet = true))
    await place.clock.advance(ms)
    return done.yet
  }

  test('and no longer: what is required is not there then', async () => {
    await hanging(true)
    const answer = place.click('U0ANN', 'approve')
    expect(await answeredAfter(999, answer)).toBe(false)
    expect(await answeredAfter(1, answer)).toBe(true)
    expect(await answer).toEqual(DONE)
    expect(place.slack.ephemerals).toEqual([
      {
        user: 'U0ANN',
        text: expect.stringContaining('Required evidence is still measured: order and pay')
      }
    ])
    expect(place.plane.told).toEqual([])
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
  })

  test('and approves nothing against evidence that has failed, before that has rejected the gate', async () => {
    await hanging(true)
    const gate = await place.gate()
    await noteEvidence(
      place.table,
      gate,
      gate.evidence.map((each) => ({ ...each, verdict: 'failed' as const }))
    )
    const update = place.table.update.bind(place.table)
    place.table.update = (key, change, conditions) =>
      change.set?.['state'] === 'REJECTED'
        ? new Promise(() => undefined)
        : update(key, change, conditions)
    const answer = place.click('U0ANN', 'approve')
    expect(await answeredAfter(1_000, answer)).toBe(true)
    expect(place.slack.ephemerals).toEqual([
      {
        user: 'U0ANN',
        text: expect.stringContaining(
          'Required evidence speaks against this release: order and pay'
        )
      }
    ])
    expect(await place.gate()).toMatchObject({ state: 'PENDING', votes: [] })
  })

  test('and decides without what is not required', async () => {
    await hanging(false)
    const answer = place.click('U0ANN', 'approve')
    expect(await answeredAfter(999, answer)).toBe(false)
    expect(await answeredAfter(1, answer)).toBe(true)
    expect(await place.gate()).toMatchObject({ state: 'APPROVED' })
  })
})

describe('a refusal', () => {
  test('at a field is JSON, and says so', async () => {
    expect(await place.submit('U0ANN', 'reject', '')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"response_action":"errors","errors":{"reason":"A reason is needed."}}'
    })
  })

  const clickFromNowhere = (gate: string): Promise<HttpAnswer> =>
    place.send({ ...clickPayload('U0NEW', 'approve', gate), channel: undefined })

  test('of a click that names no channel is told where the card is', async () => {
    const channels: string[] = []
    place.slack.ephemeral = (channel) => {
      channels.push(channel)
      return Promise.resolve()
    }
    expect(await clickFromNowhere(GATE)).toEqual(DONE)
    expect(channels).toEqual([CHANNEL])
  })

  test('where not even the card is known is told nobody', async () => {
    expect(await clickFromNowhere('d-NONE#0f')).toEqual(DONE)
    place.policy = new Error('throttled')
    expect(await clickFromNowhere(GATE)).toEqual(DONE)
    expect(place.slack.ephemerals).toEqual([])
  })

  test('that Slack does not take is answered all the same', async () => {
    place.slack.ephemeral = () => Promise.reject(new Error('user_not_in_channel'))
    expect(await place.click('U0NEW', 'approve')).toEqual(DONE)
    expect(place.lines).toEqual([
      told('info refused', { user: 'U0NEW', intent: 'approve', why: 'not-approver' }),
      told('warn the person could not be told', { why: 'Error: user_not_in_channel' })
    ])
  })
})

describe('the log says', () => {
  test('who wanted what, and what became of it', async () => {
    await place.click('U0ANN', 'approve')
    const fields = { gate: GATE, user: 'U0ANN', intent: 'approve', state: 'PENDING' }
    expect(place.lines).toEqual([told('info wish carried out', fields)])
  })

  test.each<[string, () => void, string]>([
    [
      'that the policy cannot be read',
      () => (place.policy = new Error('throttled')),
      told('error policy not readable', { why: 'Error: throttled' })
    ],
    [
      'that the ledger cannot',
      () => (place.table.get = () => Promise.reject(new Error('no table'))),
      told('error callback failed', { why: 'Error: no table', user: 'U0ANN' })
    ]
  ])('%s', async (_, arrange, line) => {
    arrange()
    await place.click('U0ANN', 'approve')
    expect(place.lines[0]).toBe(line)
    expect(place.lines[1]).toMatch(/^info refused /)
  })

  test('who came from elsewhere', async () => {
    await place.click('U0ANN', 'approve', { team: 'T0OTHER' })
    expect(place.lines).toEqual([
      told('warn interaction from elsewhere', { user: 'U0ANN', team: 'T0OTHER' }),
      told('info refused', { user: 'U0ANN', intent: 'approve', why: 'elsewhere' })
    ])
  })

  test('what is left to the sweep', async () => {
    place.plane.answer = () => Promise.reject(new Error('throttled'))
    await place.submit('U0ANN', 'reject', 'wrong totals')
    expect(place.lines).toContain(
      told('error left to the sweep', { gate: GATE, why: 'Error: throttled' })
    )
  })
})
