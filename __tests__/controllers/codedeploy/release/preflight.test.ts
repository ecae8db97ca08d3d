import { describe, expect, it } from '@jest/globals'
import type { Emulator } from '../../../../emulator/emulator.ts'
import type { VirtualOptions } from '../../../../runner/virtual-release.ts'
import { GROUP, faulty, run, runUndecided, verdictOf } from '../../../flow/stage.ts'

function service({ world }: Emulator) {
  const found = world.ecsControl.findService('shop', 'orders')
  if (!found) throw new Error('no service')
  return found
}

const gateFunction = { 'gate-function': '' }

describe('pre-flight refuses, before anything is written,', () => {
  it.each<[string, string, RegExp, VirtualOptions]>([
    [
      'a service that is not ACTIVE',
      'service',
      /^NG: .*DRAINING, not ACTIVE/,
      { prepare: (emulator) => void (service(emulator).status = 'DRAINING') }
    ],
    ['an ungated release', 'gate', /^NG: .*require-approval/, { inputs: gateFunction }],
    [
      'a gate that another function would be',
      'gate',
      /^NG: .*somebody-else/,
      { inputs: { 'gate-function': 'gate', hooks: 'BeforeAllowTraffic=somebody-else' } }
    ],
    [
      'a group that is not there',
      'deployment group',
      /^NG: .*nothing-here/,
      { inputs: { ...GROUP, 'codedeploy-deployment-group': 'nothing-here' } }
    ]
  ])('%s', async (_, name, message, options) => {
    const release = await run(options)
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, name)).toMatch(message)
    expect(release.emulator.calls.writes()).toEqual([])
  })
})

it('a service that is not there is refused by its name', async () => {
  const { ending, emulator } = await run({ inputs: { ...GROUP, service: 'nobody' } })
  expect(ending.outcome).toBe('refused')
  expect(ending.problems.join()).toMatch(/"nobody".*MISSING/)
  expect(emulator.calls.writes()).toEqual([])
})

describe('pre-flight accepts', () => {
  it('a group that waits for an explicit continue as the gate', async () => {
    const release = await run({
      inputs: { ...gateFunction, 'wait-for': 'started' },
      readyWaitMinutes: 30
    })
    expect(verdictOf(release, 'gate')).toMatch(/^OK: .*continue/i)
    expect(release.ending.outcome).toBe('started')
  })

  it('any hook function without gate-function, and says so', async () => {
    const release = await run({
      inputs: { ...gateFunction, hooks: 'BeforeAllowTraffic=CodeDeployHook_gate' }
    })
    expect(verdictOf(release, 'gate')).toMatch(/^OK: .*any function/)
    expect(release.ending.outcome).toBe('released')
  })
})

describe("a hook of the team's own where the gate belongs", () => {
  const own = 'BeforeAllowTraffic=smoke'
  const gate = { 'gate-function': 'gate' }

  it.each<[string, VirtualOptions, RegExp]>([
    [
      'is to move behind the test listener',
      { inputs: { ...gate, hooks: own } },
      /^NG: .*"smoke", which is not the gate "gate"; .*: move "smoke" to AfterAllowTestTraffic, and leave BeforeAllowTraffic to the gate, in `hooks`/
    ],
    [
      'is to move behind Install, where there is no test listener',
      { inputs: { ...gate, hooks: own }, testListener: false },
      /move "smoke" to AfterInstall,/
    ],
    [
      'is to move to the event that is free',
      { inputs: { ...gate, hooks: `${own}\nAfterAllowTestTraffic=other` } },
      /move "smoke" to AfterInstall,/
    ],
    [
      'goes into another function, where no event is free',
      { inputs: { ...gate, hooks: `${own}\nAfterInstall=other` }, testListener: false },
      /let the function of AfterInstall do what "smoke" does/
    ]
  ])('%s', async (_, options, message) => {
    const release = await run(options)
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'gate')).toMatch(message)
    expect(verdictOf(release, 'gate')).not.toContain('set `gate-function`')
  })

  it('is told where to move also where a continue stands in for the gate', async () => {
    const release = await run({
      inputs: { ...gate, hooks: own, 'dry-run': 'true' },
      readyWaitMinutes: 30
    })
    expect(verdictOf(release, 'gate')).toMatch(
      /^WARN: .*explicit continue; "gate" is not asked: .*move "smoke" to AfterAllowTestTraffic/
    )
  })

  it('is told where to move also where nobody has to be asked', async () => {
    const release = await run({
      inputs: { ...gate, hooks: own, 'require-approval': 'false', 'dry-run': 'true' }
    })
    expect(verdictOf(release, 'gate')).toMatch(
      /^WARN: .*without anybody being asked; .*move "smoke" to AfterAllowTestTraffic/
    )
  })
})

describe('a group that waits for a continue', () => {
  it('says who has to give it, where it is the gate', async () => {
    const release = await run({
      inputs: { ...gateFunction, 'dry-run': 'true' },
      readyWaitMinutes: 30
    })
    expect(verdictOf(release, 'continue')).toMatch(
      /^OK: .*waits up to 30 min .*a person does, .*`aws deploy continue-deployment .*`codedeploy:ContinueDeployment`$/
    )
  })

  it('is warned of beside a gate, whose approval does not continue it', async () => {
    const release = await run({ inputs: { 'dry-run': 'true' }, readyWaitMinutes: 30 })
    expect(verdictOf(release, 'gate')).toMatch(/^OK/)
    expect(verdictOf(release, 'continue')).toMatch(/^WARN: .*the gate's approval does not continue/)
  })

  it('is no word of where it does not', async () => {
    expect(verdictOf(await run({ inputs: { 'dry-run': 'true' } }), 'continue')).toBe('no: check')
  })
})

describe('wait-for-minutes', () => {
  it.each<[string, VirtualOptions, RegExp]>([
    [
      'below what hooks and group may take is warned of, with both figures',
      {
        inputs: { 'wait-for-minutes': '100' },
        readyWaitMinutes: 30,
        terminationWaitMinutes: 20,
        deploymentConfig: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes'
      },
      /^WARN: `wait-for-minutes` is 100, .*`wait-for: completed` .* take 119 min \(60 for the answers of hooks, an hour each, 30 for a continue, 9 for the shift of traffic, 20 until blue ends\); .*`on-timeout: leave`.*Set at least 119/
    ],
    [
      'counts what comes before its goal alone',
      { inputs: { 'wait-for-minutes': '59', 'wait-for': 'approval' }, terminationWaitMinutes: 20 },
      /^WARN: .* is 59, .*may take 60 min \(60 for/
    ],
    ['that is enough is not', { inputs: { 'wait-for-minutes': '60' } }, /^no: check$/],
    ['that is not set is not', {}, /^no: check$/]
  ])('%s', async (_, { inputs, ...options }, message) => {
    const release = await run({ ...options, inputs: { ...inputs, 'dry-run': 'true' } })
    expect(verdictOf(release, 'time to wait')).toMatch(message)
  })
})

describe('pre-flight warns', () => {
  it('where nothing would roll back a rejection', async () => {
    const release = await run({ autoRollback: false, gateAnswers: 'Failed' })
    expect(verdictOf(release, 'auto-rollback')).toMatch(/^WARN/)
    expect(release.ending).toMatchObject({ outcome: 'rejected', rollback: 'none' })
  })

  it('where all traffic moves at once and nothing can be tried before', async () => {
    const release = await run({ testListener: false })
    expect(verdictOf(release, 'test listener')).toMatch(/^WARN/)
    expect(release.ending.outcome).toBe('released')
  })

  it('not where traffic moves in steps', async () => {
    const release = await run({
      testListener: false,
      deploymentConfig: 'CodeDeployDefault.ECSCanary10Percent5Minutes'
    })
    expect(verdictOf(release, 'test listener')).not.toMatch(/^WARN/)
    const shares = release.draft.timeline.flatMap((event) =>
      event.kind === 'traffic' ? [event.green] : []
    )
    expect(shares).toEqual([10, 100])
  })

  it('where no record proves who asks, and a gate may stay closed for it', async () => {
    const release = await run()
    expect(verdictOf(release, 'who asks')).toMatch(
      /^WARN: .*forbids self-approval stays closed: set `ledger-table`.*id-token: write/
    )
    expect(release.draft.warnings.join()).toContain('who asks: nobody can prove it')
    expect(verdictOf(release, 'watchdog')).toBe(
      "SKIP: whether the gate's policy watches this deployment group is not known without `ledger-table`"
    )
    expect(release.ending.outcome).toBe('released')
  })

  it('not of that where no function is asked', async () => {
    const release = await run({
      inputs: { ...gateFunction, 'wait-for': 'started' },
      readyWaitMinutes: 30
    })
    expect(verdictOf(release, 'who asks')).toBe('no: check')
    expect(verdictOf(release, 'watchdog')).toBe('no: check')
  })

  it('skips what the role may not read, with the reason', async () => {
    const release = await run({
      prepare: faulty('elasticloadbalancing:*', { kind: 'denied' })
    })
    expect(verdictOf(release, 'listeners and target groups')).toMatch(/^SKIP/)
    expect(release.ending.outcome).toBe('released')
  })
})

describe('when the time to wait has passed', () => {
  it.each([
    ['leave', 0, undefined],
    ['stop', 1, false],
    ['stop-and-rollback', 1, true]
  ] as const)('on-timeout: %s', async (policy, stops, rollback) => {
    const release = await runUndecided({
      inputs: { 'wait-for-minutes': '10', 'on-timeout': policy }
    })
    expect(release.ending.outcome).toBe('timed-out')
    const calls = release.emulator.calls.list('codedeploy:StopDeployment')
    expect(calls).toHaveLength(stops)
    expect(calls[0]?.input?.['autoRollbackEnabled']).toBe(rollback)
    expect(release.seconds).toBeGreaterThanOrEqual(600)
  })

  it('is long enough by default for the hour at the gate', async () => {
    const release = await runUndecided({})
    expect(release.ending.outcome).toBe('expired')
    expect(release.seconds).toBeGreaterThan(3600)
  })
})
