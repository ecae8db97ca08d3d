import { describe, expect, test } from '@jest/globals'
import {
  originOfListener,
  type BalancerReader
} from '../../../../src/controllers/codedeploy/reader/listener-origin.ts'
import { checkVerification } from '../../../../src/controllers/codedeploy/release/preflight-verification.ts'
import type { Plan } from '../../../../src/controllers/codedeploy/release/plan.ts'
import type { Facts } from '../../../../src/controllers/codedeploy/release/survey.ts'
import type { Settings } from '../../../../src/release/settings.ts'
import type { Verification } from '../../../../src/verification/file/model.ts'
import { parseVerification } from '../../../../src/verification/file/parse.ts'

/*
 * The emulator's listeners speak HTTP only, so what AWS says of others is
 * written here.
 */

const GROUP = {
  loadBalancerInfo: {
    targetGroupPairInfoList: [
      {
        targetGroups: [{ name: 'a' }, { name: 'b' }],
        prodTrafficRoute: { listenerArns: ['arn:production'] },
        testTrafficRoute: { listenerArns: ['arn:test'] }
      }
    ]
  }
}

function reader(protocol: string): BalancerReader {
  class Command {
    readonly input: object
    constructor(input: object) {
      this.input = input
    }
  }
  const answers = {
    Listeners: [{ LoadBalancerArn: 'arn:balancer', Port: 443, Protocol: protocol }],
    LoadBalancers: [{ DNSName: 'shop-1.elb.amazonaws.com' }]
  }
  return {
    clients: {
      loadBalancing: () =>
        Promise.resolve({
          sdk: { DescribeListenersCommand: Command, DescribeLoadBalancersCommand: Command },
          client: { send: () => Promise.resolve(answers) }
        })
    },
    optionalReads: {
      read: (_: string, call: (signal: AbortSignal) => unknown) =>
        call(new AbortController().signal)
    }
  } as unknown as BalancerReader
}

describe('the origin of a listener', () => {
  test('is its load balancer’s own name where it speaks HTTP', async () => {
    expect(await originOfListener(reader('HTTP'), GROUP, 'test')).toBe(
      'http://shop-1.elb.amazonaws.com:443'
    )
  })

  test.each(['HTTPS', 'TLS', 'TCP'])(
    'is not known where it speaks %s: no certificate is for that name',
    async (protocol) => {
      expect(await originOfListener(reader(protocol), GROUP, 'production')).toBeUndefined()
    }
  )
})

describe('pre-flight', () => {
  const secure = { arn: 'arn', port: 443, isSecure: true, forwards: new Map<string, number>() }
  const verdict = (verification: Verification, which: 'test' | 'production'): string => {
    const listeners = { production: undefined, test: undefined, targetGroups: [], [which]: secure }
    const facts = { group: { value: { info: GROUP } }, listeners } as unknown as Facts
    const settings = {
      waitFor: 'completed',
      verificationPath: 'v.yml',
      ledgerTable: 'table'
    } as unknown as Settings
    const plan = { gate: { kind: 'hook' } } as unknown as Plan
    const [result] = checkVerification(settings, facts, plan, verification)
    return `${result?.verdict ?? ''}: ${result?.reason ?? ''}`
  }
  const CHECKS = 'checks: { required: true, requests: [{ path: / }] }'
  const AVAILABILITY = 'availability: { on-breach: stop, path: / }'

  test.each([
    ['test', CHECKS, AVAILABILITY],
    ['production', AVAILABILITY, CHECKS]
  ] as const)(
    'refuses a %s listener with TLS that is asked by no name',
    async (which, asks, other) => {
      const file = (text: string): Promise<Verification> =>
        parseVerification(`version: 1\n${text}`, 'v.yml')
      expect(verdict(await file(asks), which)).toMatch(
        new RegExp(`^NG: the ${which} listener speaks TLS.*name the address.*target.${which}`)
      )
      const named = await file(`target: { ${which}: "https://shop.example.com" }\n${asks}`)
      expect(verdict(named, which)).toMatch(/^OK/)
      expect(verdict(await file(other), which)).toMatch(/^OK/)
    }
  )
})
