import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from '@jest/globals'
import {
  checkFailover,
  type FailoverFacts,
  type Wanted
} from '../../../src/controllers/listener/preflight.ts'
import type { Route } from '../../../src/controllers/listener/route.ts'
import type { SideFacts } from '../../../src/controllers/listener/side.ts'

const arnOf = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/0`

function side(name: string, change: Partial<SideFacts> = {}): SideFacts {
  return {
    name,
    arn: arnOf(name),
    protocol: 'HTTP',
    isSticky: false,
    slowStartSeconds: 0,
    isOptimized: false,
    health: { healthy: 4 },
    ...change
  }
}

function forward(...groups: readonly (readonly [string, number])[]): Action {
  return {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: groups.map(([name, Weight]) => ({ TargetGroupArn: arnOf(name), Weight }))
    }
  }
}

function route(change: Partial<Route> = {}): Route {
  return {
    arn: 'arn:listener',
    kind: 'default',
    listener: { Port: 443 },
    loadBalancerType: 'application',
    actions: [forward(['prod1', 100], ['prod2', 0])],
    ...change
  }
}

function facts(change: Partial<FailoverFacts> = {}): FailoverFacts {
  return {
    route: { value: route() },
    sides: [{ value: side('prod1') }, { value: side('prod2') }],
    rehearsal: undefined,
    ...change
  }
}

/** Verdict and text of each line. */
function lines(of: FailoverFacts, wanted: Partial<Wanted> = {}): readonly string[] {
  return checkFailover(of, { minHealthy: undefined, ...wanted }).map(
    ({ name, verdict, reason }) => `${verdict} ${name}: ${reason}`
  )
}

function withSides(one: Partial<SideFacts>, other: Partial<SideFacts> = {}): FailoverFacts {
  return facts({ sides: [{ value: side('prod1', one) }, { value: side('prod2', other) }] })
}

test('a pair that can be moved', () => {
  expect(lines(facts())).toEqual([
    'OK listener and sides: the default action of the listener on port 443 sends prod1 100 and prod2 0',
    'OK stickiness: off',
    'OK production targets: prod2 has 4 healthy targets of 4 needed'
  ])
})

describe('what is refused', () => {
  test('everything that cannot be read, at once', () => {
    const missing = { missing: 'there is no target group prod2' }
    expect(
      lines(
        facts({
          route: { missing: 'there is no listener arn:x' },
          sides: [{ value: side('prod1') }, missing]
        })
      )
    ).toEqual([
      'NG listener and sides: there is no listener arn:x',
      'NG listener and sides: there is no target group prod2'
    ])
  })

  test.each<[string, readonly Action[], RegExp]>([
    [
      'a third group',
      [forward(['prod1', 1], ['prod2', 0], ['canary', 1])],
      /it forwards to prod1 \(1\), prod2 \(0\), canary \(1\)/
    ],
    ['another group', [forward(['prod1', 1], ['blue', 0])], /forwards to prod1 \(1\), blue \(0\)/],
    ['one group', [{ Type: 'forward', TargetGroupArn: arnOf('prod1') }], /forwards to prod1 \(1\)/],
    ['no group', [{ Type: 'redirect' }], /forwards to no target group/],
    ['nobody served', [forward(['prod1', 0], ['prod2', 0])], /both weights are 0/]
  ])('%s on the route', (_, actions, reason) => {
    const [line] = lines(facts({ route: { value: route({ actions }) } }))
    expect(line).toMatch(/^NG listener and sides: /)
    expect(line).toMatch(reason)
  })

  test('the same group twice', () => {
    const same = side('prod2', { arn: arnOf('prod1') })
    expect(lines(facts({ sides: [{ value: side('prod1') }, { value: same }] }))[0]).toBe(
      'NG listener and sides: prod1 and prod2 are the same target group: name two'
    )
  })

  test.each<[string, FailoverFacts, string]>([
    [
      'different protocols',
      withSides({}, { protocol: 'HTTPS' }),
      'NG listener and sides: prod1 speaks HTTP and prod2 HTTPS: both need the same protocol'
    ],
    [
      'the target optimizer on one side alone',
      withSides({}, { isOptimized: true }),
      'NG listener and sides: the target optimizer limits prod2 and not prod1: the one would answer 503 where the other does not'
    ],
    [
      'an idle side that is too small',
      withSides({}, { health: { healthy: 3, unhealthy: 1 } }),
      'NG production targets: prod2 has 3 healthy targets and would have to carry what 4 carry: start more, or set `min-healthy`'
    ],
    [
      'an idle side without any target, though the live one has none either',
      withSides({ health: {} }, { health: {} }),
      'NG production targets: prod2 has 0 healthy targets and would have to carry what 0 carry: start more, or set `min-healthy`'
    ]
  ])('%s', (_, of, line) => {
    expect(lines(of)).toContain(line)
  })

  test('stickiness, wherever it is', () => {
    const sticky = forward(['prod1', 100], ['prod2', 0])
    const actions = [
      {
        ...sticky,
        ForwardConfig: { ...sticky.ForwardConfig, TargetGroupStickinessConfig: { Enabled: true } }
      }
    ]
    const of = { ...withSides({}, { isSticky: true }), route: { value: route({ actions }) } }
    expect(lines(of)).toContainEqual(
      expect.stringMatching(
        /^NG stickiness: the default action .* on port 443, prod2 keeps clients/
      )
    )
  })
})

test('`min-healthy` says how big the idle side has to be', () => {
  expect(lines(withSides({}, { health: { healthy: 2 } }), { minHealthy: 2 })).toContain(
    'OK production targets: prod2 has 2 healthy targets of 2 needed'
  )
})

test('of an even split both sides have to serve', () => {
  const even = { value: route({ actions: [forward(['prod1', 50], ['prod2', 50])] }) }
  const of = { ...withSides({}, { health: { unhealthy: 4 } }), route: even }
  expect(lines(of)).toEqual(
    expect.arrayContaining([
      'OK production targets: prod1 has 4 healthy targets of 1 needed',
      expect.stringMatching(/^NG production targets: prod2 has 0 healthy/)
    ])
  )
})

test('what makes a step slower is a warning', () => {
  expect(lines(withSides({}, { slowStartSeconds: 60 }))).toContainEqual(
    expect.stringMatching(/^WARN slow start: new targets of prod2 \(60 s\)/)
  )
  expect(lines(facts({ route: { value: route({ loadBalancerType: 'network' }) } }))).toContainEqual(
    expect.stringMatching(/^WARN traffic shift: a Network Load Balancer/)
  )
})

describe('the listener of the rehearsal', () => {
  test('has the same shape, whatever its port and groups are', () => {
    const dev = route({
      listener: { Port: 8443 },
      actions: [forward(['dev1', 0], ['dev2', 100])]
    })
    expect(lines(facts({ rehearsal: { value: dev } }))).toContain(
      'OK rehearsal: rehearsed on a listener of the same shape'
    )
  })

  test.each<[string, Partial<Route>]>([
    ['a rule', { kind: 'rule' }],
    ['another kind of load balancer', { loadBalancerType: 'network' }],
    [
      'authentication',
      { actions: [{ Type: 'authenticate-oidc' }, forward(['dev1', 1], ['dev2', 0])] }
    ]
  ])('is refused with %s where production has none', (_, change) => {
    expect(lines(facts({ rehearsal: { value: route(change) } })).at(-1)).toMatch(
      /^NG rehearsal: the listener of the rehearsal has another shape/
    )
  })

  test('has to be there', () => {
    expect(lines(facts({ rehearsal: { missing: 'there is no listener arn:dev' } })).at(-1)).toBe(
      'NG rehearsal: there is no listener arn:dev'
    )
  })
})
