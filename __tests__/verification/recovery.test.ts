import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import type { RecoveryEvidence } from '../../src/release/evidence.ts'
import type { Recovery } from '../../src/verification/file/model.ts'
import type { Fleet, FleetState } from '../../src/verification/recovery/fleet.ts'
import { recover } from '../../src/verification/recovery/recover.ts'
import { serve, type Served } from './server.ts'

let served: Served
let status: number
let clock: ManualClock
let cancelled: AbortController
let fleet: ScriptedFleet

beforeAll(async () => {
  served = await serve((_, response) => void response.writeHead(status).end())
})
afterAll(() => served.close())
beforeEach(() => {
  status = 200
  clock = new ManualClock()
  cancelled = new AbortController()
  fleet = new ScriptedFleet(clock)
})

const task = (arn: string, isRunning = true) => ({ arn, startedAt: isRunning ? 1 : undefined })
const target = (id: string, state = 'healthy') => ({ id, state })
const WHOLE: FleetState = {
  desired: 2,
  tasks: [task('one'), task('two')],
  targets: [target('10.0.0.1:80'), target('10.0.0.2:80')]
}

/** Green by a script: what it is so many seconds after a task was stopped. */
class ScriptedFleet implements Fleet {
  readonly stopped: string[] = []
  before: FleetState | string = WHOLE
  refusal: string | undefined
  script: readonly (readonly [second: number, state: FleetState | string])[] = NORMAL
  readonly #clock: ManualClock
  #stoppedAt: number | undefined

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  async look(): Promise<FleetState | string> {
    if (this.#stoppedAt === undefined) return this.before
    const second = (this.#clock.now() - this.#stoppedAt) / 1000
    return this.script.findLast(([from]) => from <= second)?.[1] ?? this.before
  }

  async stop(arn: string): Promise<string | undefined> {
    if (this.refusal !== undefined) return this.refusal
    this.stopped.push(arn)
    this.#stoppedAt = this.#clock.now()
    return undefined
  }
}

/** A new task, `three`, at an address of its own. */
const NORMAL: ScriptedFleet['script'] = [
  [0, { ...WHOLE, tasks: [task('two'), task('three', false)] }],
  [
    4,
    {
      ...WHOLE,
      tasks: [task('two'), task('three', false)],
      targets: [target('10.0.0.1:80', 'draining'), target('10.0.0.2:80')]
    }
  ],
  [
    6,
    {
      ...WHOLE,
      tasks: [task('two'), task('three')],
      targets: [
        target('10.0.0.1:80', 'draining'),
        target('10.0.0.2:80'),
        target('10.0.0.3:80', 'initial')
      ]
    }
  ],
  [
    9,
    {
      ...WHOLE,
      tasks: [task('two'), task('three')],
      targets: [target('10.0.0.2:80'), target('10.0.0.3:80')]
    }
  ]
]

interface Options extends Partial<Recovery> {
  readonly at?: string | undefined
  readonly runsIn?: string
  /** Virtual seconds that pass at most. */
  readonly seconds?: number
  readonly cancelAfter?: number
}

async function run(options: Options = {}): Promise<RecoveryEvidence> {
  const { at = served.origin, runsIn = 'staging', seconds = 60, cancelAfter, ...recovery } = options
  const progress = { isDone: false }
  const evidence = recover({
    recovery: {
      ...{ required: true, cluster: 'staging', path: '/version', withinMs: 30_000, rate: 20 },
      side: 'green',
      ...{ timeoutMs: 1_000, maxFailureRate: undefined },
      ...recovery
    },
    cluster: runsIn,
    fleet,
    target: 'at' in options ? options.at : at,
    clock,
    monotonic: () => clock.now(),
    random: () => 0,
    signal: cancelled.signal
  }).finally(() => (progress.isDone = true))
  for (let step = 0; step < seconds * 20 && !progress.isDone; step++) {
    await pause(1)
    if (cancelAfter !== undefined && step === cancelAfter * 20) cancelled.abort()
    await clock.advance(50)
  }
  return evidence
}

const steps = ({ steps: all }: RecoveryEvidence): Record<string, number> =>
  Object.fromEntries(all.map(({ what, at }) => [what, Math.round((at - (all[0]?.at ?? 0)) / 1000)]))

describe('green that loses a task', () => {
  test('is timed until it is whole again, step by step, with what was asked meanwhile', async () => {
    const evidence = await run()
    expect(fleet.stopped).toEqual(['one'])
    expect(evidence).toMatchObject({
      section: 'recovery',
      name: 'recovery',
      required: true,
      verdict: 'passed',
      stoppedTask: 'one',
      failed: 0
    })
    expect(steps(evidence)).toEqual({
      stopped: 0,
      draining: 4,
      started: 6,
      registered: 6,
      healthy: 9
    })
    expect(evidence.requests).toBeGreaterThanOrEqual(9 * 20 - 5)
    expect(evidence.requests).toBeLessThanOrEqual(11 * 20)
    expect(evidence.summary).toMatch(
      /^whole again after 9 s \(draining 4 s, started 6 s, registered 6 s\); 0 of \d+ requests failed, at most 1 % may$/
    )
  })

  test('fails where it is not whole in time', async () => {
    const evidence = await run({ withinMs: 8_000 })
    expect(evidence.verdict).toBe('failed')
    expect(evidence.summary).toMatch(/^not whole again within 8 s \(draining 4 s, started 6 s/)
    expect(evidence.endedAt - evidence.startedAt).toBeLessThan(9_500)
  })

  test('is not whole while its own old target is still said to be healthy', async () => {
    fleet.script = [
      [1, { ...WHOLE, targets: [...WHOLE.targets, target('10.0.0.3:80')] }],
      [5, { ...WHOLE, targets: WHOLE.targets.slice(1).concat(target('10.0.0.3:80')) }]
    ]
    expect(steps(await run())['healthy']).toBe(5)
  })

  test('is whole again where the new task gets the address of the old one', async () => {
    fleet.script = [
      [1, { ...WHOLE, targets: WHOLE.targets.slice(1) }],
      [3, { ...WHOLE, tasks: [task('two'), task('three')], targets: WHOLE.targets }]
    ]
    expect(steps(await run())).toEqual({
      stopped: 0,
      draining: 1,
      started: 3,
      registered: 3,
      healthy: 3
    })
  })

  test('is not whole with another task missing', async () => {
    fleet.script = [[2, { ...WHOLE, tasks: [task('three')], targets: [target('10.0.0.3:80')] }]]
    expect((await run({ withinMs: 5_000 })).verdict).toBe('failed')
  })

  test('may fail hardly a request if it has two tasks, with the time of each', async () => {
    status = 502
    const evidence = await run()
    expect(evidence).toMatchObject({ verdict: 'failed', maxFailureRate: 0.01, tasks: 2 })
    expect(evidence.failures.length).toBe(Math.min(200, evidence.failed))
    const [first] = evidence.failures
    expect(first?.reason).toBe('status 502')
    expect(first?.at).toBeGreaterThanOrEqual(evidence.startedAt)
    expect(first?.at).toBeLessThanOrEqual(evidence.endedAt)
  })

  test('may fail requests if it has one task only, unless the file says how many', async () => {
    status = 502
    const alone = { desired: 1, tasks: [task('one')], targets: [target('10.0.0.1:80')] }
    const again = { ...alone, tasks: [task('three')], targets: [target('10.0.0.3:80')] }
    fleet.before = alone
    fleet.script = [
      [0, { ...alone, tasks: [] }],
      [5, again]
    ]
    const single = await run()
    expect(single).toMatchObject({ verdict: 'passed', maxFailureRate: undefined, tasks: 1 })
    expect(single.failed).toBeGreaterThan(0)
    fleet = new ScriptedFleet(clock)
    const judged = await run({ maxFailureRate: 0.5 })
    expect(judged.verdict).toBe('failed')
    expect(judged.failed).toBe(judged.requests)
    expect(judged.summary).toMatch(/requests failed, at most 50 % may; last: status 502$/)
  })
})

describe('no task is stopped, and nothing is passed,', () => {
  const untouched = async (options: Options, why: string | RegExp): Promise<void> => {
    const evidence = await run(options)
    expect(fleet.stopped).toEqual([])
    expect(evidence).toMatchObject({ verdict: 'unknown', stoppedTask: '', steps: [], requests: 0 })
    expect(evidence.summary).toMatch(why)
  }

  test('in another cluster', () =>
    untouched({ runsIn: 'production' }, /may be done in staging, not in production/))

  test('where green cannot be asked', () => untouched({ at: undefined }, /no test listener/))

  test('where production cannot be asked', () =>
    untouched(
      { at: undefined, side: 'blue' },
      /^where production answers could not be found out; set target\.production$/
    ))

  test('where green is at an address that is never asked', () =>
    untouched({ at: 'http://169.254.169.254' }, /169\.254\.169\.254/))

  test('where green cannot be seen', async () => {
    fleet.before = 'ecs:ListTasks is denied'
    await untouched({}, /^no task was stopped: ecs:ListTasks is denied$/)
  })

  test('where green is not whole to begin with', async () => {
    fleet.before = { ...WHOLE, targets: [target('10.0.0.1:80'), target('10.0.0.2:80', 'unused')] }
    await untouched({}, /not whole before, 2 of 2 tasks and 1 healthy targets/)
    fleet.before = { desired: 0, tasks: [], targets: [] }
    await untouched({}, /not whole before, 0 of 0 tasks/)
  })

  test('where AWS refuses', async () => {
    fleet.refusal = 'no task was stopped: ecs:StopTask: no'
    await untouched({}, /^no task was stopped: ecs:StopTask: no$/)
  })

  test('once the job has been told to end', async () => {
    cancelled.abort()
    await untouched({}, /interrupted/)
  })
})

describe('what happens meanwhile', () => {
  test('an end to the job ends it, and it is not passed', async () => {
    const evidence = await run({ cancelAfter: 5 })
    expect(evidence).toMatchObject({ verdict: 'unknown', stoppedTask: 'one' })
    expect(evidence.summary).toMatch(/^interrupted 5 s after a task was stopped \(draining 4 s\)/)
  })

  test('a look that fails is only one look', async () => {
    fleet.script = [
      ...NORMAL.slice(0, 2),
      [5, 'ecs:DescribeTasks gave no answer'],
      ...NORMAL.slice(2)
    ]
    expect((await run()).verdict).toBe('passed')
  })

  test('green that is not seen any more is unknown', async () => {
    fleet.script = [[2, 'ecs:DescribeTasks is denied']]
    const evidence = await run({ withinMs: 4_000 })
    expect(evidence.verdict).toBe('unknown')
    expect(evidence.summary).toMatch(
      /^not whole again within 4 s; ecs:DescribeTasks is denied; 0 of/
    )
  })
})
