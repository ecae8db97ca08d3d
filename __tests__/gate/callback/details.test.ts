import { beforeEach, describe, expect, test } from '@jest/globals'
import { policyWith } from '../memory-world.ts'
import { glassPayload } from '../slack-requests.ts'
import { GATE, stage, type Stage } from '../stage.ts'

const DONE = { statusCode: 200, body: '' }
/** Of those who may break the glass, and of those who may not. */
const [GLASS, APPROVER, STRANGER] = ['U0CHO', 'U0ANN', 'U0NEW']

let place: Stage
beforeEach(async () => {
  place = stage(policyWith())
  await place.hook()
})

const opened = (): string => JSON.stringify(place.slack.views)
const hasGlass = (): boolean => opened().includes('gate_break_glass')

describe('the details', () => {
  test.each([
    [GLASS, true],
    [APPROVER, false],
    [STRANGER, false]
  ])('are built for whoever opens them: %s may break the glass: %s', async (user, may) => {
    expect(await place.click(user, 'details')).toEqual(DONE)
    expect(place.slack.views).toHaveLength(1)
    expect(opened()).toContain('"callback_id":"gate_details"')
    expect(hasGlass()).toBe(may)
    expect(place.slack.ephemerals).toEqual([])
  })

  test('have no such button for a deactivated account, nor if Slack does not say who it is', async () => {
    place.slack.people.set(GLASS, { deleted: true })
    await place.click(GLASS, 'details')
    place.slack.person = () => Promise.reject(new Error('no answer'))
    await place.click(GLASS, 'details')
    expect(place.slack.views).toHaveLength(2)
    expect(hasGlass()).toBe(false)
  })

  test('of a release that is decided have no such button, and show how it went on', async () => {
    await place.click(APPROVER, 'approve')
    await place.click(GLASS, 'details')
    expect(hasGlass()).toBe(false)
    expect(opened()).toContain('*Approved* by U0ANN')
  })

  test('change nothing', async () => {
    const before = JSON.stringify([...place.table.items])
    await place.click(GLASS, 'details')
    expect(JSON.stringify([...place.table.items])).toBe(before)
  })

  test('do without the other releases if the ledger does not list them in time', async () => {
    place.table.open = () => new Promise(() => undefined)
    const answer = place.click(GLASS, 'details')
    await place.clock.advance(700)
    expect(await answer).toEqual(DONE)
    expect(place.slack.views).toHaveLength(1)
  })

  test.each<[string, object]>([
    ['another message', { message: '9.9' }],
    ['another channel', { channel: 'C0OTHER' }],
    ['another workspace', { team: 'T0OTHER' }],
    ['another app', { app: 'A0OTHER' }]
  ])('are not opened from a button of %s', async (_, origin) => {
    expect(await place.click(GLASS, 'details', origin)).toEqual(DONE)
    expect(place.slack.views).toEqual([])
    expect(place.slack.ephemerals).toHaveLength(1)
  })

  test('that cannot be opened are said so to this person', async () => {
    place.slack.openView = () => Promise.reject(new Error('expired_trigger_id'))
    expect(await place.click(GLASS, 'details')).toEqual(DONE)
    expect(place.slack.ephemerals).toEqual([
      { user: GLASS, text: 'The details could not be opened. Try again in a minute.' }
    ])
  })
})

describe('break-glass in the details', () => {
  const press = (user = GLASS): Promise<object> => place.send(glassPayload(user, GATE))

  test('asks for the reason on top of them, and its submission closes both', async () => {
    expect(await press()).toEqual(DONE)
    expect(place.slack.views).toEqual([])
    expect(place.slack.pushed).toMatchObject([{ callback_id: 'gate_break_glass' }])
    expect((await place.gate()).state).toBe('PENDING')
    expect(await place.submit(GLASS, 'break-glass', 'outage')).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"response_action":"clear"}'
    })
    expect(await place.gate()).toMatchObject({ state: 'APPROVED', decision: { breakGlass: true } })
  })

  test('is judged again at the click and at the reason, whoever the details were built for', async () => {
    expect(await press(APPROVER)).toEqual(DONE)
    expect(JSON.stringify(place.slack.pushed)).toContain('not among those who may break the glass')
    expect(place.slack.pushed).not.toMatchObject([{ callback_id: 'gate_break_glass' }])
    const { body } = await place.submit(APPROVER, 'break-glass', 'please')
    expect(body).toContain('not among those who may break the glass')
    expect((await place.gate()).state).toBe('PENDING')
  })

  test('that comes too late is told above the details', async () => {
    await place.click(APPROVER, 'approve')
    await press()
    expect(JSON.stringify(place.slack.pushed)).toContain('Too late: approved by <@U0ANN>')
    expect(place.slack.ephemerals).toEqual([])
  })

  test('is told in the channel if that cannot be shown', async () => {
    place.slack.pushView = () => Promise.reject(new Error('push_limit_reached'))
    await press(APPROVER)
    expect(place.slack.ephemerals).toMatchObject([{ user: APPROVER }])
  })

  test('of another workspace or app counts for nothing', async () => {
    await place.send({ ...glassPayload(GLASS, GATE), api_app_id: 'A0OTHER' })
    expect(place.slack.pushed).not.toMatchObject([{ callback_id: 'gate_break_glass' }])
  })
})
