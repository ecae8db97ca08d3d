import { beforeEach, describe, expect, test } from '@jest/globals'
import { postDigest } from '../../../src/gate/reconcile/digest.ts'
import { reconcile } from '../../../src/gate/reconcile/reconcile.ts'
import { SlackError } from '../../../src/gate/slack/slack.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { noteTrafficResult } from '../../../src/ledger/gate-results.ts'
import { openGates } from '../../../src/ledger/gates.ts'
import { CHANNEL, policyWith } from '../memory-world.ts'
import { stage, type Stage } from '../stage.ts'

const POLICY = policyWith()
const LEASE_MS = 15_000

let place: Stage
beforeEach(async () => {
  place = stage(POLICY)
  await place.hook()
  await place.click('U0ANN', 'approve')
  const gate = await place.gate()
  const result = { status: 'released', rollback: 'none', at: place.clock.now() } as const
  await noteTrafficResult(place.table, gate, gate.facts.holds[0], result)
})

const drive = async (): Promise<Gate> => reconcile(place.platform, await place.gate(), POLICY)
const isOpen = async (): Promise<boolean> => (await openGates(place.table)).length > 0
/** What was posted beside the card: in the channel, and in threads. */
const posted = (): { ts: string; thread: string | undefined }[] =>
  place.slack.posts.slice(1).map(({ ts, thread }) => ({ ts, thread }))

describe('the digest of a release that has ended', () => {
  test('is one line in the channel with its details in the thread, and the gate is settled', async () => {
    await drive()
    expect(posted()).toEqual([
      { ts: '2.000', thread: undefined },
      { ts: '3.000', thread: '2.000' }
    ])
    expect(place.slack.posts[1]).toMatchObject({ message: { text: 'orders 1 → 2: released' } })
    expect(await place.gate()).toMatchObject({
      digest: { channel: CHANNEL, ts: '2.000', details: '3.000', lease: 0 }
    })
    expect(await isOpen()).toBe(false)
  })

  test('is posted once, however often the gate is driven', async () => {
    const before = await place.gate()
    await drive()
    await drive()
    // As a process has it that has read the gate before.
    await reconcile(place.platform, before, POLICY)
    await postDigest(place.platform, POLICY, before)
    expect(posted()).toHaveLength(2)
  })

  test('comes after the card, so whoever reads the line finds the card up to date', async () => {
    const order: string[] = []
    const { slack } = place
    const [update, post] = [slack.update.bind(slack), slack.post.bind(slack)]
    slack.update = (...args) => {
      order.push('card')
      return update(...args)
    }
    slack.post = (...args) => {
      order.push(args[2] === undefined ? 'line' : 'details')
      return post(...args)
    }
    await drive()
    expect(order).toEqual(['card', 'line', 'details'])
  })

  test('is not posted while traffic moves', async () => {
    const gate = await place.gate()
    const result = { status: 'shifting', rollback: 'none', at: 1 } as const
    await noteTrafficResult(place.table, gate, gate.facts.holds[0], result)
    await drive()
    expect(posted()).toEqual([])
  })
})

describe('where Slack fails', () => {
  test('the line is posted by the next drive, and the gate stays open until then', async () => {
    const post = place.slack.post.bind(place.slack)
    place.slack.post = () => Promise.reject(new SlackError('chat.postMessage', 'ratelimited'))
    await drive()
    expect(await isOpen()).toBe(true)
    expect(place.lines.at(-1)).toContain('digest not posted')
    place.slack.post = post
    await drive()
    expect(posted()).toHaveLength(2)
    expect(await isOpen()).toBe(false)
  })

  test('at the details, they alone are posted again', async () => {
    const reply = place.slack.reply.bind(place.slack)
    place.slack.reply = () => Promise.reject(new SlackError('chat.postMessage', 'network'))
    await drive()
    expect(posted()).toEqual([{ ts: '2.000', thread: undefined }])
    expect(await isOpen()).toBe(true)
    place.slack.reply = reply
    await drive()
    expect(posted()).toEqual([
      { ts: '2.000', thread: undefined },
      { ts: '3.000', thread: '2.000' }
    ])
  })

  test('at the card, the line is posted all the same, and the card is tried again', async () => {
    const update = place.slack.update.bind(place.slack)
    place.slack.update = () => Promise.reject(new SlackError('chat.update', 'message_not_found'))
    await drive()
    expect(place.slack.digests).toBe(1)
    expect(await isOpen()).toBe(true)
    place.slack.update = update
    await drive()
    expect(place.slack.digests).toBe(1)
    expect(await isOpen()).toBe(false)
  })
})

describe('of two that drive it at once', () => {
  test('one posts, and the other neither posts nor settles before it has', async () => {
    const sending = Promise.withResolvers<undefined>()
    const post = place.slack.post.bind(place.slack)
    place.slack.post = async (...args) => {
      await sending.promise
      return post(...args)
    }
    const first = drive()
    await place.clock.advance(LEASE_MS - 1)
    await drive()
    expect(posted()).toEqual([])
    expect(await isOpen()).toBe(true)
    sending.resolve(undefined)
    await first
    expect(posted()).toHaveLength(2)
    expect(await isOpen()).toBe(false)
  })

  test('one that never comes back holds the other up for 15 s', async () => {
    const post = place.slack.post.bind(place.slack)
    place.slack.post = () => new Promise(() => undefined)
    void drive()
    await place.clock.advance(LEASE_MS)
    place.slack.post = post
    await drive()
    expect(place.slack.digests).toBe(1)
  })

  test('who has read the gate before the other posted posts nothing', async () => {
    const before = await place.gate()
    await drive()
    await place.clock.advance(LEASE_MS)
    expect(await postDigest(place.platform, POLICY, before)).toMatchObject({ posted: true })
    expect(posted()).toHaveLength(2)
  })
})
