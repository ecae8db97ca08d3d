import { afterEach, describe, expect, it } from '@jest/globals'
import type { Switches } from '../../../emulator/switches.ts'
import { MINUTE, openLab, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab | undefined

afterEach(async () => {
  await lab?.close()
  lab = undefined
})

async function open(eventDelivery: Switches['eventDelivery'] = 'once'): Promise<Lab> {
  return (lab = await openLab({ switches: { eventDelivery }, terminationWaitMinutes: 0 }))
}

/** A rule that tells a function of every state of a deployment. */
function tellStates({ emulator }: Lab, target: string): void {
  emulator.world.events.putRule({
    name: 'states',
    pattern: {
      source: ['aws.codedeploy'],
      'detail-type': ['CodeDeploy Deployment State-change Notification'],
      detail: { state: ['START', 'READY', 'SUCCESS', 'FAILURE', 'STOP'] }
    },
    targets: [target]
  })
}

function sweepEveryMinute({ emulator }: Lab, target: string): void {
  emulator.world.events.putRule({ name: 'sweep', schedule: 'rate(1 minute)', targets: [target] })
}

/** A function that takes note of every event; `fails` says how many of its first calls throw. */
function listener({ emulator }: Lab, name: string, fails = 0): () => Record<string, unknown>[] {
  let calls = 0
  const stored = emulator.world.lambda.create(name, {
    kind: 'inline',
    handler: () => {
      calls += 1
      if (calls <= fails) throw new Error('not yet')
    }
  })
  return () => stored.invocations.map(({ payload }) => payload as Record<string, unknown>)
}

/** As events write a time: `2026-01-01T00:00:03Z`. */
const wholeSeconds = (time: Date | undefined): string | undefined =>
  time?.toISOString().replace(/\.\d{3}Z$/, 'Z')

const states = (events: readonly Record<string, unknown>[]): unknown[] =>
  events.map(({ detail }) => (detail as { state: string }).state)

describe("CodeDeploy's state changes", () => {
  it('come as the event that the documentation shows', async () => {
    const lab = await open()
    const told = listener(lab, 'told')
    tellStates(lab, 'told')
    const deploymentId = await lab.release({ hooks: {} })
    await lab.untilEnd(deploymentId)
    await lab.clock.advance(SECOND)

    const { startTime } = await lab.deployment(deploymentId)
    const { application, deploymentGroup } = lab.demo
    const [start] = told()
    expect(states(told())).toEqual(['START', 'SUCCESS'])
    expect(start).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'CodeDeploy Deployment State-change Notification',
      source: 'aws.codedeploy',
      account: '123456789012',
      time: wholeSeconds(startTime),
      region: 'eu-central-1',
      resources: [
        `arn:aws:codedeploy:eu-central-1:123456789012:application:${application}`,
        `arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:${application}/${deploymentGroup}`
      ],
      detail: {
        instanceGroupId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        region: 'eu-central-1',
        application,
        deploymentId,
        state: 'START',
        deploymentGroup
      }
    })
    expect(new Set(told().map(({ id }) => id)).size).toBe(2)
  })

  it('tell of a failure and of the rollback after it, each by its own deployment', async () => {
    const lab = await open()
    const told = listener(lab, 'told')
    tellStates(lab, 'told')
    const id = await lab.release()
    await lab.decide(id, 'Failed')
    const rollback = (await lab.rollbackOf(id)) ?? ''
    await lab.untilEnd(rollback)
    await lab.clock.advance(SECOND)
    const seen = told().map(({ detail }) => {
      const { deploymentId, state } = detail as { deploymentId: string; state: string }
      return [deploymentId, state]
    })
    expect(seen.filter(([of]) => of === id)).toEqual([
      [id, 'START'],
      [id, 'FAILURE']
    ])
    expect(seen.filter(([of]) => of === rollback)).toEqual([
      [rollback, 'START'],
      [rollback, 'SUCCESS']
    ])
  })

  it('reach every target of every rule that matches, and no other', async () => {
    const lab = await open()
    const { events } = lab.emulator.world
    const [one, two, never] = ['one', 'two', 'never'].map((name) => listener(lab, name))
    const pattern = { source: ['aws.codedeploy'], detail: { state: ['START'] } }
    events.putRule({ name: 'both', pattern, targets: ['one', 'two'] })
    events.putRule({ name: 'again', pattern, targets: ['two'] })
    events.putRule({
      name: 'other',
      pattern: { detail: { application: ['another'] } },
      targets: ['never']
    })
    await lab.release()
    await lab.clock.advance(MINUTE)
    expect([one, two, never].map((told) => told?.().length)).toEqual([1, 2, 0])
  })

  it('hold up no deployment when there is no such function', async () => {
    const lab = await open()
    tellStates(lab, 'none')
    const id = await lab.release({ hooks: {} })
    await lab.untilEnd(id)
    expect((await lab.deployment(id)).status).toBe('Succeeded')
    expect(lab.emulator.world.events.deliveries.map(({ outcome }) => outcome)).toContain('failed')
  })
})

describe('a schedule', () => {
  it('sends an event of its own every minute from when the rule was put', async () => {
    const lab = await open()
    const swept = listener(lab, 'sweep')
    const { events, clock } = lab.emulator.world
    const since = clock.now()
    events.putRule({ name: 'sweep', schedule: 'rate(1 minute)', targets: ['sweep'] })
    await lab.clock.advance(59 * SECOND)
    expect(swept()).toEqual([])
    await lab.clock.advance(2 * MINUTE)
    expect(swept()).toHaveLength(2)
    expect(swept()[0]).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: wholeSeconds(new Date(since + MINUTE)),
      region: 'eu-central-1',
      resources: ['arn:aws:events:eu-central-1:123456789012:rule/sweep'],
      detail: {}
    })
  })

  it('ends with its rule, and counts anew where the rule is replaced', async () => {
    const lab = await open()
    const swept = listener(lab, 'sweep')
    const { events } = lab.emulator.world
    const rule = { name: 'sweep', schedule: 'rate(1 minute)', targets: ['sweep'] }
    events.putRule(rule)
    await lab.clock.advance(40 * SECOND)
    events.putRule(rule)
    expect(events.rules()).toEqual([rule])
    await lab.clock.advance(40 * SECOND)
    expect(swept()).toHaveLength(0)
    await lab.clock.advance(20 * SECOND)
    expect(swept()).toHaveLength(1)
    events.deleteRule('sweep')
    expect(events.rules()).toEqual([])
    await lab.clock.advance(5 * MINUTE)
    expect(swept()).toHaveLength(1)
  })

  it('that is none is refused, and leaves the rule as it was', async () => {
    const lab = await open()
    const { events } = lab.emulator.world
    const rule = { name: 'sweep', schedule: 'rate(1 minute)', targets: ['sweep'] }
    events.putRule(rule)
    expect(() => events.putRule({ ...rule, schedule: 'rate(1 minutes)' })).toThrow(TypeError)
    expect(events.rules()).toEqual([rule])
  })

  it('is never lost, even where CodeDeploy’s events are', async () => {
    const lab = await open('lost')
    const swept = listener(lab, 'sweep')
    sweepEveryMinute(lab, 'sweep')
    tellStates(lab, 'sweep')
    await lab.release()
    await lab.clock.advance(MINUTE + SECOND)
    expect(swept().map((event) => event['detail-type'])).toEqual(['Scheduled Event'])
    expect(lab.emulator.world.events.deliveries.map(({ outcome }) => outcome)).toEqual([
      'lost',
      'delivered'
    ])
  })
})

describe('a function that fails', () => {
  /** When it was tried, in seconds after the first time, and what became of the event. */
  async function tries(fails: number): Promise<{ at: number[]; outcome: string | undefined }> {
    const lab = await open()
    listener(lab, 'told', fails)
    lab.emulator.world.events.putRule({
      name: 'starts',
      pattern: { detail: { state: ['START'] } },
      targets: ['told']
    })
    await lab.release()
    await lab.clock.advance(10 * MINUTE)
    const at = (lab.emulator.world.lambda.find('told')?.invocations ?? []).map((each) => each.at)
    const [first = 0] = at
    return {
      at: at.map((each) => (each - first) / SECOND),
      outcome: lab.emulator.world.events.deliveries[0]?.outcome
    }
  }

  it('once is tried again after a minute', async () => {
    expect(await tries(1)).toEqual({ at: [0, 60], outcome: 'delivered' })
  })

  it('always is tried three times, and then no more', async () => {
    expect(await tries(99)).toEqual({ at: [0, 60, 180], outcome: 'failed' })
  })

  it('gets the same event each time', async () => {
    const lab = await open()
    const told = listener(lab, 'told', 2)
    lab.emulator.world.events.putRule({
      name: 'starts',
      pattern: { detail: { state: ['START'] } },
      targets: ['told']
    })
    await lab.release()
    await lab.clock.advance(5 * MINUTE)
    expect(new Set(told().map(({ id }) => id)).size).toBe(1)
    expect(told()).toHaveLength(3)
  })
})

describe('an event', () => {
  it('delivered twice is the same one, to schedules as well', async () => {
    const lab = await open('duplicated')
    const told = listener(lab, 'told')
    sweepEveryMinute(lab, 'told')
    tellStates(lab, 'told')
    await lab.release()
    await lab.clock.advance(MINUTE + 2 * SECOND)
    const ids = told().map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect(new Set(ids).size).toBe(2)
  })

  it('that is late still says when it happened', async () => {
    const lab = await open('delayed')
    const told = listener(lab, 'told')
    tellStates(lab, 'told')
    const id = await lab.release()
    await lab.clock.advance(3 * SECOND + 89 * SECOND)
    expect(told()).toEqual([])
    await lab.clock.advance(2 * SECOND)
    const { startTime } = await lab.deployment(id)
    expect(told()[0]?.['time']).toBe(wholeSeconds(startTime))
  })

  it('on its way is forgotten when the account closes', async () => {
    const lab = await open('delayed')
    tellStates(lab, 'told')
    await lab.release()
    await lab.clock.advance(5 * SECOND)
    await lab.emulator.close()
    await lab.clock.advance(5 * MINUTE)
    expect(lab.emulator.world.events.deliveries).toEqual([])
    expect(lab.clock.pending).toBe(0)
  })
})

describe('a rule with a schedule and a pattern', () => {
  it('triggers at both, and only its events can be lost', async () => {
    for (const eventDelivery of ['once', 'lost'] as const) {
      const lab = await open(eventDelivery)
      const told = listener(lab, 'told')
      lab.emulator.world.events.putRule({
        name: 'both',
        schedule: 'rate(1 minute)',
        pattern: { source: ['aws.codedeploy'], detail: { state: ['START'] } },
        targets: ['told']
      })
      const deploymentId = await lab.release({ hooks: {} })
      await lab.untilEnd(deploymentId)
      await lab.clock.advance(2 * MINUTE)
      const kinds = new Set(told().map(({ source }) => source))
      expect(kinds.has('aws.events')).toBe(true)
      expect(kinds.has('aws.codedeploy')).toBe(eventDelivery === 'once')
      await lab.close()
    }
  })
})
