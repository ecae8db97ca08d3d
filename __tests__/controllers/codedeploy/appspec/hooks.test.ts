import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isSameFunction } from '../../../../src/controllers/codedeploy/appspec/functions.ts'
import {
  gateOf,
  injectGate,
  mergeHooks
} from '../../../../src/controllers/codedeploy/appspec/hooks.ts'
import {
  HOOK_EVENTS,
  type AppSpec,
  type Hook
} from '../../../../src/controllers/codedeploy/appspec/model.ts'
import { appSpec } from './arbitrary.ts'

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:gate'

function withHooks(...hooks: Hook[]): AppSpec {
  return {
    taskDefinition: undefined,
    containerName: 'app',
    containerPort: 80,
    platformVersion: undefined,
    network: undefined,
    capacityProviders: [],
    hooks
  }
}

const gated = (name: string): AppSpec => withHooks({ event: 'BeforeAllowTraffic', function: name })

describe('isSameFunction', () => {
  it.each([
    ['gate', 'gate'],
    ['gate', ARN],
    ['gate', '123456789012:function:gate'],
    ['123456789012:function:gate', ARN],
    ['gate:$LATEST', 'gate'],
    ['gate:$LATEST', ARN],
    ['gate:live', `${ARN}:live`],
    [`${ARN}:7`, `${ARN}:7`]
  ])('%s is %s', (a, b) => {
    expect([isSameFunction(a, b), isSameFunction(b, a)]).toEqual([true, true])
  })

  it.each([
    ['gate', 'gates'],
    ['gate', 'Gate'],
    ['gate', `${ARN}s`],
    [ARN, ARN.replace('eu-west-1', 'us-east-1')],
    [ARN, ARN.replace('123456789012', '210987654321')],
    [ARN, ARN.replace('arn:aws:', 'arn:aws-cn:')],
    ['210987654321:function:gate', ARN],
    ['gate', 'gate:live'],
    ['gate', `${ARN}:7`],
    ['gate', 'gate:$LATEST:other'],
    ['gate:live', 'gate:live:other'],
    [ARN, `${ARN}:$LATEST:other`],
    [ARN, `${ARN}:live`],
    [`${ARN}:live`, `${ARN}:beta`]
  ])('%s is not %s', (a, b) => {
    expect([isSameFunction(a, b), isSameFunction(b, a)]).toEqual([false, false])
  })
})

describe('mergeHooks', () => {
  it('adds hooks in lifecycle order', () => {
    const requests = [
      { event: 'AfterAllowTraffic', function: 'after' },
      { event: 'BeforeInstall', function: 'before' }
    ]
    expect(mergeHooks(gated('gate'), requests).hooks).toEqual([
      { event: 'BeforeInstall', function: 'before' },
      { event: 'BeforeAllowTraffic', function: 'gate' },
      { event: 'AfterAllowTraffic', function: 'after' }
    ])
  })

  it('keeps how the AppSpec names the same function', () => {
    const request = { event: 'BeforeAllowTraffic', function: 'gate' }
    expect(mergeHooks(gated(ARN), [request])).toEqual(gated(ARN))
  })

  it('names both functions of an event, and every unknown event', () => {
    const requests = [
      { event: 'BeforeAllowTraffic', function: 'other' },
      { event: 'AllowTraffic', function: 'f' },
      { event: 'BeforeInstall', function: 'f' },
      { event: 'BeforeInstall', function: 'g' }
    ]
    expect(() => mergeHooks(gated('gate'), requests)).toThrow(
      expect.objectContaining({
        problems: [
          'hook BeforeAllowTraffic: two functions are named, "gate" and "other"; wanted one',
          `hook "AllowTraffic": wanted one of ${HOOK_EVENTS.join(', ')}`,
          'hook BeforeInstall: two functions are named, "f" and "g"; wanted one'
        ]
      })
    )
  })

  it('changes nothing when asked for what is there', () => {
    fc.assert(
      fc.property(appSpec, (value) => {
        expect(mergeHooks(value, value.hooks)).toEqual(value)
      })
    )
  })
})

describe('the gate', () => {
  it('is injected where there is none', () => {
    const install: Hook = { event: 'BeforeInstall', function: 'f' }
    const after: Hook = { event: 'AfterAllowTraffic', function: 'g' }
    expect(injectGate(withHooks(install, after), ARN).hooks).toEqual([
      install,
      { event: 'BeforeAllowTraffic', function: ARN },
      after
    ])
  })

  it('does not take the place of another', () => {
    expect(injectGate(gated('other'), 'gate')).toEqual(gated('other'))
  })

  it.each<[string, AppSpec, string | undefined, boolean, RegExp]>([
    ['no hook', withHooks(), undefined, false, /no BeforeAllowTraffic hook/],
    ['no hook for the gate', withHooks(), 'gate', false, /no BeforeAllowTraffic hook/],
    [
      'another event',
      withHooks({ event: 'AfterAllowTestTraffic', function: 'gate' }),
      'gate',
      false,
      /no BeforeAllowTraffic/
    ],
    ['any function', gated('f'), undefined, true, /runs "f".*any function would do/],
    ['the gate', gated(ARN), 'gate', true, /runs ".*", the gate/],
    ['another function', gated('f'), 'gate', false, /runs "f", which is not the gate "gate"/],
    ['another version', gated(`${ARN}:1`), ARN, false, /which is not the gate/]
  ])('%s', (_, value, gateFunction, expected, reason) => {
    expect(gateOf(value, gateFunction)).toEqual({
      gated: expected,
      function: value.hooks.find((hook) => hook.event === 'BeforeAllowTraffic')?.function,
      reason: expect.stringMatching(reason)
    })
  })

  it('is there once it has been injected into an AppSpec without one', () => {
    fc.assert(
      fc.property(appSpec, (value) => {
        const open = {
          ...value,
          hooks: value.hooks.filter((hook) => hook.event !== 'BeforeAllowTraffic')
        }
        expect(gateOf(injectGate(open, ARN), 'gate').gated).toBe(true)
      })
    )
  })
})
