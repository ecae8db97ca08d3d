import { describe, expect, it } from '@jest/globals'
import { pickGroup, RoundRobin } from '../../../emulator/dataplane/balancer.ts'
import type { StoredTarget, StoredTargetGroup } from '../../../emulator/elbv2/state.ts'

const weights = (...all: readonly number[]) =>
  all.map((weight, index) => ({ targetGroupArn: `group-${index}`, weight }))

describe('picking a group', () => {
  it.each([
    [[90, 10], 0.89, 'group-0'],
    [[90, 10], 0.9, 'group-1'],
    [[0, 100], 0, 'group-1'],
    [[100, 0], 0.999, 'group-0'],
    [[1, 1, 2], 0.5, 'group-2'],
    [[999, 1], 0.999, 'group-1'],
    [[0, 0], 0.5, undefined],
    [[], 0.5, undefined]
  ])('%j at %d: %s', (all, point, expected) => {
    expect(pickGroup(weights(...all), () => point)).toBe(expected)
  })
})

describe('picking a target', () => {
  const group = (...states: readonly StoredTarget['state'][]): StoredTargetGroup => ({
    arn: 'group',
    name: 'group',
    port: 80,
    targetType: 'ip',
    vpcId: undefined,
    loadBalancerArns: new Set(),
    healthCheck: {
      path: '/',
      intervalSeconds: 5,
      timeoutSeconds: 2,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      matcher: '200'
    },
    deregistrationDelaySeconds: 0,
    targets: new Map(
      states.map((state, index) => [
        `${index}`,
        {
          id: `${index}`,
          port: 80,
          endpoint: { host: '127.0.0.1', port: 1 },
          state,
          reason: undefined,
          description: undefined
        }
      ])
    )
  })
  const picks = (of: StoredTargetGroup, count: number): (string | undefined)[] => {
    const turns = new RoundRobin()
    return Array.from({ length: count }, () => turns.next(of)?.id)
  }

  it('goes round the healthy ones', () => {
    expect(picks(group('healthy', 'unhealthy', 'healthy', 'initial', 'draining'), 4)).toEqual([
      '0',
      '2',
      '0',
      '2'
    ])
  })

  it('fails open when none is healthy, though never to one that drains', () => {
    expect(picks(group('unhealthy', 'initial', 'draining'), 3)).toEqual(['0', '1', '0'])
    expect(picks(group('draining'), 1)).toEqual([undefined])
    expect(picks(group(), 1)).toEqual([undefined])
  })
})
