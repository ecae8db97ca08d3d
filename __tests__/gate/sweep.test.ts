import { describe, expect, test } from '@jest/globals'
import { openGates } from '../../src/ledger/gates.ts'
import { WATCH_KEY } from '../../src/ledger/keys.ts'
import { readGateSays, readWatched } from '../../src/ledger/watched.ts'
import { VERSION } from '../../src/release/version.ts'
import { MINUTE, policyWith } from './memory-world.ts'
import { DEPLOYMENT, stage, type Stage } from './stage.ts'

async function opened(...settings: Parameters<typeof stage>): Promise<Stage> {
  const place = stage(...settings)
  await place.hook()
  return place
}

/** Minutes pass, each with its sweep. */
async function minutes(place: Stage, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    await place.clock.advance(MINUTE)
    await place.sweep()
  }
}

const reminders = (place: Stage): string[] =>
  place.slack.posts
    .filter(({ thread }) => thread !== undefined)
    .map(({ message }) => JSON.stringify(message))

describe('every minute', () => {
  test('jobs are told what the watchdog looks after, as the policy is edited', async () => {
    const place = stage(
      policyWith({}, { watch: { deploymentGroups: ['a/*'], onUngated: 'report' } })
    )
    const said = async (): Promise<unknown> => readWatched(await place.table.get(WATCH_KEY))
    await place.sweep()
    expect(await said()).toMatchObject({ deploymentGroups: ['a/*'], onUngated: 'report' })
    place.policy = policyWith({}, { watch: { deploymentGroups: ['*/*'], onUngated: 'stop' } })
    await place.sweep()
    expect(await said()).toMatchObject({ deploymentGroups: ['*/*'], onUngated: 'stop' })
    place.policy = new Error('not valid')
    await place.sweep()
    expect(await said()).toBe('unusable')
  })

  test('jobs are told its version, in which language the gate speaks and whose tokens it believes', async () => {
    const place = stage(policyWith({}, { language: 'ko' }))
    await place.sweep()
    expect(await readGateSays(place.table)).toMatchObject({
      version: VERSION,
      language: 'ko',
      issuer: 'https://token.actions.githubusercontent.com',
      keys: { at: place.clock.now() }
    })
  })

  test("jobs are told whether the issuer's keys can be fetched, which is tried once an hour, after a failure sooner", async () => {
    const place = stage()
    const said = async (): Promise<unknown> => {
      const says = await readGateSays(place.table)
      return typeof says === 'object' ? says.keys : says
    }
    place.keys.why = 'no answer within 3 s'
    const began = place.clock.now()
    await place.sweep()
    expect(await said()).toEqual({ at: began, why: 'no answer within 3 s' })
    place.keys.why = undefined
    await minutes(place, 4)
    expect(place.keys.tried).toHaveLength(1)
    await minutes(place, 1)
    expect(await said()).toEqual({ at: began + 5 * MINUTE })
    await minutes(place, 59)
    expect(place.keys.tried).toHaveLength(2)
    await minutes(place, 1)
    expect(place.keys.tried).toHaveLength(3)
    expect(await said()).toEqual({ at: began + 65 * MINUTE })
  })

  test("another issuer's keys are tried at once", async () => {
    const place = stage()
    await place.sweep()
    const issuer = 'https://ghes.example.com/_services/token'
    const { github } = policyWith()
    place.policy = policyWith({}, { github: { ...github, issuer } })
    await place.sweep()
    expect(place.keys.tried).toEqual([github.issuer, issuer])
    expect(await readGateSays(place.table)).toMatchObject({ issuer })
  })

  test('where they cannot be told, gates are driven as ever', async () => {
    const place = await opened()
    const get = place.table.get.bind(place.table)
    place.table.get = (key) =>
      key.pk === 'watch#' ? Promise.reject(new Error('denied')) : get(key)
    await minutes(place, 1)
    expect(JSON.stringify(place.slack.shown)).toContain('(54 minutes left)')
    expect(place.lines.join()).toContain('what jobs may know of the policy could not be noted')
  })

  test('the countdown on the card goes on', async () => {
    const place = await opened()
    expect(JSON.stringify(place.slack.shown)).toContain('(55 minutes left)')
    await minutes(place, 1)
    expect(JSON.stringify(place.slack.shown)).toContain('(54 minutes left)')
  })

  test('reminds at half time and ten minutes before the end, once each, in the thread of the card', async () => {
    const place = await opened()
    await minutes(place, 27)
    expect(reminders(place)).toEqual([])
    await minutes(place, 1)
    expect(reminders(place)).toEqual([
      expect.stringContaining('27 minutes left. <@U0ANN> <@U0BEN> <@U0CHO>')
    ])
    await minutes(place, 16)
    expect(reminders(place)).toHaveLength(1)
    await minutes(place, 1)
    expect(reminders(place)).toHaveLength(2)
    expect(reminders(place)[1]).toContain('10 minutes left')
    await minutes(place, 9)
    expect(reminders(place)).toHaveLength(2)
  })

  test('of two reminders that are due only the last is sent', async () => {
    const place = await opened()
    await place.clock.advance(50 * MINUTE)
    await place.sweep()
    await place.sweep()
    expect(reminders(place)).toHaveLength(1)
  })

  test('fault: nobody clicks: expires at 55 minutes, not before, Failed to CodeDeploy, EXPIRED in the ledger, no rejection', async () => {
    const place = await opened()
    await minutes(place, 54)
    expect((await place.gate()).state).toBe('PENDING')
    await minutes(place, 1)
    expect(await place.gate()).toMatchObject({
      state: 'EXPIRED',
      effect: 'APPLIED',
      decision: { by: [] }
    })
    expect(place.plane.told).toMatchObject([{ answer: 'no-go' }])
    expect(JSON.stringify(place.slack.shown)).toContain('That is not a rejection')
  })

  test('expires where Slack and the policy are gone', async () => {
    const place = await opened()
    place.slack.down = 'network'
    place.policy = new Error('throttled')
    await place.clock.advance(55 * MINUTE)
    await place.sweep()
    expect(await place.gate()).toMatchObject({ state: 'EXPIRED', effect: 'APPLIED' })
  })
})

describe('what became of the traffic', () => {
  test('is shown on the card until it has come to rest; then the gate is settled', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    await minutes(place, 1)
    expect(JSON.stringify(place.slack.shown)).toContain('Traffic is moving')
    expect(await openGates(place.table)).toHaveLength(1)
    place.plane.ended = { status: 'released', rollback: 'none', at: place.clock.now() }
    await minutes(place, 1)
    expect(JSON.stringify(place.slack.shown)).toContain('*Released*')
    expect(await openGates(place.table)).toEqual([])
  })

  test('a rollback is followed to its end, and then it is the last state', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    const beganAt = place.clock.now()
    const failed = { status: 'failed', at: beganAt, beganAt } as const
    place.plane.ended = { ...failed, rollback: 'in-progress' }
    await minutes(place, 1)
    expect(JSON.stringify(place.slack.shown)).toContain('Rolling back now')
    expect(await openGates(place.table)).toHaveLength(1)
    expect(place.slack.digests).toBe(0)
    place.plane.ended = { ...failed, rollback: 'succeeded', rolledBackAt: place.clock.now() }
    await minutes(place, 1)
    expect(place.slack.shown).toMatchObject({ text: 'orders 1 → 2: rolled back' })
    expect(await openGates(place.table)).toEqual([])
    expect(place.slack.digests).toBe(1)
  })

  test('a stopped release waits for its rollback to appear before the channel hears the end', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    const at = place.clock.now()
    const stopped = { status: 'stopped', at, beganAt: at } as const
    place.plane.ended = { ...stopped, rollback: 'none' }
    await place.sweep()
    expect(JSON.stringify(place.slack.shown)).toContain(
      'Whether it is rolled back is not known yet'
    )
    expect(place.slack.digests).toBe(0)
    place.plane.ended = { ...stopped, rollback: 'succeeded' }
    await minutes(place, 1)
    expect(place.slack.shown).toMatchObject({ text: 'orders 1 → 2: rolled back' })
    expect(place.slack.digests).toBe(1)
  })

  test('a stopped release whose rollback never appears says that, and where traffic is', async () => {
    const place = await opened()
    await place.click('U0ANN', 'approve')
    const at = place.clock.now()
    place.plane.ended = { status: 'stopped', rollback: 'none', at, beganAt: at }
    await minutes(place, 2)
    expect(JSON.stringify(place.slack.shown)).toContain('*Not rolled back*, and traffic had moved')
    expect(place.slack.digests).toBe(1)
    expect(await openGates(place.table)).toEqual([])
  })

  test('a deployment that ended by itself takes its gate with it, which is no rejection', async () => {
    const place = await opened()
    place.plane.ended = { status: 'stopped', rollback: 'none', at: place.clock.now() }
    await minutes(place, 1)
    expect(await place.gate()).toMatchObject({
      state: 'WITHDRAWN',
      effect: 'LATE',
      decision: { reason: 'the deployment has ended', by: [] }
    })
  })

  test('CodeDeploy not answering does not keep a gate from expiring', async () => {
    const place = await opened()
    place.plane.trafficResult = () => Promise.reject(new Error('throttled'))
    await place.clock.advance(55 * MINUTE)
    await place.sweep()
    expect((await place.gate()).state).toBe('EXPIRED')
  })
})

describe('trouble', () => {
  test('one that cannot be driven fails the sweep, so that the alarm rings, and is tried again', async () => {
    const place = await opened()
    const report = place.plane.answer.bind(place.plane)
    place.plane.answer = () => Promise.reject(new Error('throttled'))
    await place.clock.advance(55 * MINUTE)
    await expect(place.sweep()).rejects.toThrow('1 of 1 gates could not be swept')
    place.plane.answer = report
    await place.sweep()
    expect(await place.gate()).toMatchObject({ state: 'EXPIRED', effect: 'APPLIED' })
  })

  test('a card that could not be posted is posted', async () => {
    const place = stage(policyWith())
    const post = place.slack.post.bind(place.slack)
    place.slack.post = () => new Promise(() => undefined)
    void place.hook()
    await place.clock.advance(0)
    place.slack.post = post
    await place.clock.advance(MINUTE)
    await place.sweep()
    expect((await place.gate()).card.ts).toBe('1.000')
  })

  test('a card that is gone for good does not keep a gate open for ever', async () => {
    const place = await opened()
    place.slack.update = () => Promise.reject(new Error('message_not_found'))
    await place.click('U0ANN', 'approve')
    place.plane.ended = { status: 'released', rollback: 'none', at: place.clock.now() }
    await minutes(place, 1)
    expect(await openGates(place.table)).toHaveLength(1)
    await place.clock.advance(72 * 60 * MINUTE)
    await place.sweep()
    expect(await openGates(place.table)).toEqual([])
  })
})

test('threat: what CI may write slows clicks and sweeps: it is not read with the open gates', async () => {
  const place = stage()
  await place.hook()
  for (let number = 0; number < 1_000; number++) {
    await place.table.create({ pk: 'release#shop/orders', sk: `d-${number}`, open: 'yes' })
  }
  const read: string[] = []
  const open = place.table.open.bind(place.table)
  place.table.open = async (prefix) => {
    const found = await open(prefix)
    read.push(...found.map(({ pk }) => pk))
    return found
  }
  await place.sweep()
  await place.click('U0ANN', 'approve')
  expect(new Set(read)).toEqual(new Set([`gate#${DEPLOYMENT}`]))
  expect(await place.gate()).toMatchObject({ state: 'APPROVED' })
})
