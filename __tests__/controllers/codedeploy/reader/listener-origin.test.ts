import { describe, expect, test } from '@jest/globals'
import {
  originOfListener,
  type BalancerReader
} from '../../../../src/controllers/codedeploy/reader/listener-origin.ts'

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
