import { beforeEach, describe, expect, test } from '@jest/globals'
import { showCard } from '../../../src/gate/reconcile/card.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { castVote, findGate, openGate } from '../../../src/ledger/gates.ts'
import { factsOf } from '../../ledger/samples.ts'
import { CHANNEL, memoryWorld, policyWith, type MemoryWorld } from '../memory-world.ts'

const POLICY = policyWith({ quorum: 9 })
const LEASE_MS = 15_000

let world: MemoryWorld
let gate: Gate
/** Where Slack was told to show something: channel, and `ts` of an update. */
let places: string[]
/** What happens while Slack is told. */
let meanwhile: () => Promise<unknown>

beforeEach(async () => {
  world = memoryWorld(POLICY)
  const now = world.clock.now()
  const facts = { ...factsOf('one'), openedAt: now, expiresAt: now + 55 * 60_000 }
  gate = (await openGate(world.table, facts, ['one'])).gate
  places = []
  meanwhile = () => Promise.resolve()
  const { slack } = world
  const [post, update] = [slack.post.bind(slack), slack.update.bind(slack)]
  slack.post = async (channel, message) => {
    places.push(channel)
    await meanwhile()
    return post(channel, message)
  }
  slack.update = async (channel, ts, message) => {
    places.push(`${channel} ${ts}`)
    await meanwhile()
    return update(channel, ts, message)
  }
})

const show = (policy = POLICY): ReturnType<typeof showCard> =>
  showCard(world.platform, policy, gate)

/** One more has approved, as somebody else's process has it. */
async function vote(user: string): Promise<void> {
  const at = world.clock.now()
  await castVote(world.table, gate, { user, name: user, at, group: undefined })
}

async function stored(): Promise<Gate> {
  const found = await findGate(world.table, gate.facts.id)
  if (!found) throw new Error('the gate is gone')
  return found
}

describe('the card', () => {
  test('is posted once, and left alone while it shows what the gate is', async () => {
    const first = await show()
    expect(first).toMatchObject({ shown: true, gate: { card: { ts: '1.000', lease: 0 } } })
    gate = first.gate
    expect(await show()).toEqual(first)
    expect(places).toEqual([CHANNEL])
  })

  test('is updated where it stands, whatever channel the policy names by now', async () => {
    ;({ gate } = await show())
    await vote('U0ANN')
    gate = await stored()
    const moved = policyWith({}, { slack: { ...POLICY.slack, channel: 'C0NEW' } })
    expect(await show(moved)).toMatchObject({ shown: true, gate: { card: { channel: CHANNEL } } })
    expect(places).toEqual([CHANNEL, `${CHANNEL} 1.000`])
  })

  test('is sent again where the gate moved on meanwhile', async () => {
    meanwhile = async () => {
      meanwhile = () => Promise.resolve()
      await vote('U0ANN')
    }
    expect(await show()).toMatchObject({ shown: true, gate: { votes: [{ user: 'U0ANN' }] } })
    expect(JSON.stringify(world.slack.shown)).toContain('1 of 9 approvals: <@U0ANN>')
    expect(places).toHaveLength(2)
  })

  test('is sent three times at most, and then left to the sweep', async () => {
    let people = 0
    meanwhile = () => vote(`U0${++people}`)
    const { shown, gate: last } = await show()
    expect(shown).toBe(false)
    expect(places).toHaveLength(3)
    expect(last.votes).toHaveLength(3)
  })

  test('of a gate that is decided does not ask what else is moving', async () => {
    ;({ gate } = await show())
    world.table.open = () => Promise.reject(new Error('asked'))
    gate = { ...gate, state: 'WITHDRAWN' }
    await expect(show()).resolves.toMatchObject({ shown: true })
    gate = { ...gate, state: 'PENDING' }
    await expect(show()).rejects.toThrow('asked')
  })
})

describe('while somebody else sends it', () => {
  test('nothing is sent, and the gate is what the ledger says', async () => {
    const sending = Promise.withResolvers<undefined>()
    meanwhile = () => sending.promise
    const first = show()
    await world.clock.advance(LEASE_MS - 1)
    await vote('U0ANN')
    expect(await show()).toMatchObject({ shown: false, gate: { votes: [{ user: 'U0ANN' }] } })
    expect(places).toHaveLength(1)
    sending.resolve(undefined)
    expect(await first).toMatchObject({ shown: true })
  })

  test('and never comes back: it is free after 15 s', async () => {
    meanwhile = () => new Promise(() => undefined)
    void show()
    await world.clock.advance(LEASE_MS)
    meanwhile = () => Promise.resolve()
    expect(await show()).toMatchObject({ shown: true })
    expect(places).toHaveLength(2)
  })

  test('and has lost it: what was sent counts no more, the ledger does', async () => {
    const { slack } = world
    meanwhile = async () => {
      meanwhile = () => Promise.resolve()
      await world.clock.advance(LEASE_MS)
      await showCard(world.platform, POLICY, await stored())
    }
    const { gate: after } = await show()
    expect(slack.cards).toBe(2)
    // The second poster was through first; the gate has one card, and it is that one.
    expect(after.card.ts).toBe((await stored()).card.ts)
    expect(after.card).toMatchObject({ ts: '1.000', lease: 0 })
  })
})

test('where Slack does not take it, it is free again, with what it showed before', async () => {
  ;({ gate } = await show())
  const { card } = gate
  await vote('U0ANN')
  gate = await stored()
  world.slack.down = 'network'
  await expect(show()).rejects.toThrow("Slack's chat.update failed: network")
  expect((await stored()).card).toEqual(card)
  world.slack.down = undefined
  gate = await stored()
  expect(await show()).toMatchObject({ shown: true })
})
