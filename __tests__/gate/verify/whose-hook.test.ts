import { describe, expect, test } from '@jest/globals'
import { type HookFacts } from '../../../src/controllers/codedeploy/gate/own-hook.ts'
import { handleVerify } from '../../../src/gate/verify/handler.ts'
import { DEPLOYMENT, EXECUTION } from '../stage.ts'
import {
  appSpecWith,
  ARN,
  EVENTS,
  FAILED,
  HOOK,
  HOOKS,
  INVOCATION,
  moving,
  place,
  shop,
  SUCCEEDED,
  type Place
} from './stage.ts'

describe('threat: somebody who may invoke the function has it answer another hook', () => {
  const AT_THE_GATE = {
    ...EVENTS,
    AfterAllowTestTraffic: 'Succeeded',
    BeforeAllowTraffic: 'InProgress'
  }

  test("with the gate's execution id, while a person is asked: nothing is answered, the gate stays closed", async () => {
    const it = await place()
    await it.hook()
    it.hooks = { ...it.hooks, events: AT_THE_GATE }
    const event = { DeploymentId: DEPLOYMENT, LifecycleEventHookExecutionId: EXECUTION }
    await it.verify({ event })
    expect(it.answers).toEqual([])
    expect(shop.asked).toEqual([])
    expect(it.plane.told).toEqual([])
    expect(await it.gate()).toMatchObject({ state: 'PENDING', effect: 'NONE' })
    expect(it.lines.join()).toContain('BeforeAllowTraffic is InProgress, not Pending')
  })

  test('the moment has passed when green has been asked: nothing is answered', async () => {
    const it = await place()
    const create = it.table.create.bind(it.table)
    it.table.create = (item) => {
      it.hooks = { ...it.hooks, events: AT_THE_GATE }
      return create(item)
    }
    await it.verify()
    expect(shop.asked).toEqual(['/health', '/pay canary'])
    expect(it.answers).toEqual([])
  })

  test.each<[string, Partial<HookFacts>, RegExp]>([
    [
      'the AppSpec names another function',
      { appSpec: appSpecWith({ ...HOOKS, AfterAllowTestTraffic: `${ARN}-of-others` }) },
      /the AppSpec does not name this function/
    ],
    [
      'another hook is in progress before its own',
      {
        appSpec: appSpecWith({ ...HOOKS, AfterInstall: 'of-others' }),
        events: { ...EVENTS, AfterInstall: 'InProgress', AfterAllowTestTraffic: 'Pending' }
      },
      /its own lifecycle event has not begun/
    ],
    [
      'its own event has had its answer, and the gate has not begun',
      { events: { ...EVENTS, AfterAllowTestTraffic: 'Succeeded' } },
      /AfterAllowTestTraffic is Succeeded/
    ],
    [
      "it stands where the gate's event is",
      { appSpec: appSpecWith({ BeforeAllowTraffic: ARN }), events: AT_THE_GATE },
      /BeforeAllowTraffic is InProgress/
    ],
    [
      'it stands after the shift',
      {
        appSpec: appSpecWith({ AfterAllowTraffic: ARN }),
        events: { ...AT_THE_GATE, BeforeAllowTraffic: 'Succeeded', AfterAllowTraffic: 'InProgress' }
      },
      /BeforeAllowTraffic is Succeeded/
    ],
    ['the deployment never starts', { events: {} }, /its own lifecycle event has not begun/]
  ])('%s: nothing is answered', async (_, hooks, why) => {
    const it = await place()
    it.hooks = { ...it.hooks, ...hooks }
    await it.verify()
    expect(it.answers).toEqual([])
    expect(shop.asked).toEqual([])
    expect(it.lines.join()).toMatch(why)
  })

  test.each([
    ['', SUCCEEDED],
    [':$LATEST', SUCCEEDED],
    [':7', []],
    [':live', []]
  ])(
    'invoked as the function%s, while the AppSpec names it without',
    async (qualifier, answers) => {
      const it = await place()
      await it.verify({ functionArn: ARN + qualifier })
      expect(it.answers).toEqual(answers)
    }
  )

  test('named by an alias it answers as that alias', async () => {
    const it = await place()
    const alias = `${ARN}:live`
    it.hooks = { ...it.hooks, appSpec: appSpecWith({ ...HOOKS, AfterAllowTestTraffic: alias }) }
    await it.verify({ functionArn: alias })
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test("a rollback's hook that is not its own gets no answer either", async () => {
    const it = await place()
    it.plane.isRollback = true
    it.hooks = { ...it.hooks, events: AT_THE_GATE }
    await it.verify()
    expect(it.answers).toEqual([])
  })
})

describe('whose hook it is', () => {
  test('shows some seconds after the function was invoked: it looks again', async () => {
    const it = await place()
    it.hooks = { ...it.hooks, events: { ...EVENTS, AfterAllowTestTraffic: 'Pending' } }
    const done = handleVerify(it.verifyPlatform, HOOK, INVOCATION)
    await it.clock.advance(4_000)
    it.hooks = { ...it.hooks, events: EVENTS }
    await moving(it, done)
    expect(it.answers).toEqual(SUCCEEDED)
  })

  test.each<[string, (it: Place) => void]>([
    [
      'CodeDeploy does not say',
      ({ verifyPlane }) =>
        Object.assign(verifyPlane, { whose: () => Promise.reject(new Error('denied')) })
    ],
    ['the AppSpec is not to be had', (it) => void (it.hooks = { ...it.hooks, appSpec: undefined })],
    ['the AppSpec cannot be read', (it) => void (it.hooks = { ...it.hooks, appSpec: 'Hooks: {' })]
  ])('cannot be told, as %s: the hook fails, which opens nothing', async (_, change) => {
    const it = await place()
    change(it)
    await it.verify()
    expect(it.answers).toEqual(FAILED)
    expect(it.lines.join()).toContain('whose hook it is cannot be told')
  })

  test('cannot be told of a rollback: it goes on, as no gate holds it', async () => {
    const it = await place()
    it.plane.isRollback = true
    it.hooks = { ...it.hooks, appSpec: undefined }
    await it.verify()
    expect(it.answers).toEqual(SUCCEEDED)
  })
})
