import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Emulator } from '../../../../emulator/emulator.ts'
import type { DemoWorld } from '../../../../emulator/worlds/demo.ts'
import { faulty, run, verdictOf, type Released } from '../../../flow/stage.ts'

let workspace: string
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'routing-'))
})
afterAll(async () => rm(workspace, { recursive: true }))

const LISTED = 'listeners and target groups'

type Prepare = (emulator: Emulator, demo: DemoWorld) => void

/** What a team's account has before the release. */
const released = (prepare: Prepare, more: object = {}): Promise<Released> =>
  run({
    ...more,
    prepare
  })

const forward = (
  weights: Readonly<Record<string, number>>,
  sticky?: number
): { Type: 'forward'; ForwardConfig: object } => ({
  Type: 'forward',
  ForwardConfig: {
    TargetGroups: Object.entries(weights).map(([arn, weight]) => ({
      TargetGroupArn: arn,
      Weight: weight
    })),
    ...(sticky !== undefined && {
      TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: sticky }
    })
  }
})

/** The listener answers by itself, and these rules, each with a condition, lead to the live side. */
function behindRules(conditions: readonly object[]): Prepare {
  return ({ operations }, { productionListenerArn: ListenerArn, targetGroupArns }) => {
    const { elasticloadbalancing: elb } = operations
    for (const [index, condition] of conditions.entries()) {
      elb.CreateRule({
        ListenerArn,
        Priority: 10 + index,
        Conditions: [condition],
        Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[0] }]
      })
    }
    elb.ModifyListener({
      ListenerArn,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }]
    })
  }
}

const SHOP = { Field: 'path-pattern', Values: ['/shop/*'] }
const HOST = { Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'] } }

describe('a pair behind a rule of a shared listener', () => {
  it('is released: pre-flight names the rule, and the shares of traffic are those of the rule', async () => {
    const release = await released(behindRules([SHOP]), {
      deploymentConfig: 'CodeDeployDefault.ECSCanary10Percent5Minutes'
    })
    expect(verdictOf(release, LISTED)).toBe(
      'OK: production on port 80, by rule 10 (path-pattern /shop/*), forwards to orders-a (1)'
    )
    expect(verdictOf(release, 'live traffic')).toMatch(/^OK: all of it goes to orders-a/)
    expect(release.ending.outcome).toBe('released')
    const shares = release.draft.timeline.flatMap((event) =>
      event.kind === 'traffic' ? [event.green] : []
    )
    expect(shares).toEqual([10, 100])
    const { elb } = release.emulator.world
    const [rule] = [...elb.rules.values()]
    expect(rule?.weights.map(({ weight }) => weight)).toEqual([0, 100])
    // What the default action does is another service's affair.
    expect(elb.listeners.get(release.demo.productionListenerArn)?.answer).toBeDefined()
  })

  it('is not known where the role may not read rules, which is no reason against a release', async () => {
    const denied = faulty('elasticloadbalancing:DescribeRules', { kind: 'denied' })
    const release = await run({
      prepare: (emulator, demo) => {
        behindRules([SHOP])(emulator, demo)
        denied(emulator, demo)
      }
    })
    expect(verdictOf(release, LISTED)).toMatch(/^SKIP: .*`elasticloadbalancing:DescribeRules`$/)
    expect(release.ending.outcome).toBe('released')
  })

  it('with two rules is warned of: AWS does not say which one CodeDeploy changes', async () => {
    const release = await released(behindRules([SHOP, { ...SHOP, Values: ['/cart/*'] }]))
    expect(release.draft.warnings.join()).toMatch(/the rules 10, 11 of the production listener/)
  })

  it('is refused where neither the default action nor a rule leads to it', async () => {
    const release = await released(behindRules([]))
    expect(verdictOf(release, LISTED)).toMatch(/^NG: .*no target group.*no rule of it forwards to/)
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it.each([
    [10, 'refused', /^NG: .*forwards to orders-other, which is not in the group's pair/],
    [0, 'released', /^OK: production on port 80, by rule 10 .* forwards to orders-a/]
  ] as const)(
    'that sends a third group %i of its requests is %s',
    async (weight, outcome, expected) => {
      const release = await released((emulator, demo) => {
        behindRules([SHOP])(emulator, demo)
        const { elasticloadbalancing: elb } = emulator.operations
        const [rule] = [...emulator.world.elb.rules.values()]
        const [pair] = [...emulator.world.elb.targetGroups.values()]
        const made = elb.CreateTargetGroup({
          Name: 'orders-other',
          Protocol: 'HTTP',
          Port: 80,
          TargetType: 'ip',
          VpcId: pair?.vpcId
        })
        const other = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
        elb.ModifyRule({
          RuleArn: rule?.arn,
          Actions: [forward({ [demo.targetGroupArns[0]]: 90, [other]: weight })]
        })
      })
      expect(verdictOf(release, LISTED)).toMatch(expected)
      expect(release.ending.outcome).toBe(outcome)
    }
  )

  it.each<[string, object]>([
    ['a host', HOST],
    [
      'a header',
      {
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['1'] }
      }
    ],
    [
      'a query',
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }] } }
    ],
    ['a source', { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }]
  ])('is measured at an address of the file alone if the rule wants %s', async (_, condition) => {
    const file = (target: string): Promise<void> =>
      writeFile(
        join(workspace, 'v.yml'),
        `version: 1\n${target}availability: { path: /shop/, on-breach: report }\n`
      )
    const inputs = { verification: 'v.yml', 'dry-run': 'true' }
    const options = { prepare: behindRules([condition]), workspace, inputs }
    await file('')
    expect(verdictOf(await run(options), 'verification')).toMatch(
      /^NG: the production listener leads to the service only by a rule that wants more than a path.*`target.production`/
    )
    await file('target: { production: "https://shop.example.com" }\n')
    expect(verdictOf(await run(options), 'verification')).toMatch(/^OK/)
  })

  it('is measured at the balancer’s own name if the rule is for a path, or if the default action leads there too', async () => {
    await writeFile(
      join(workspace, 'v.yml'),
      'version: 1\navailability: { path: /shop/, on-breach: report }\n'
    )
    const inputs = { verification: 'v.yml', 'dry-run': 'true' }
    for (const prepare of [behindRules([SHOP]), besideDefault(0, HOST)]) {
      expect(verdictOf(await run({ prepare, workspace, inputs }), 'verification')).toMatch(/^OK/)
    }
  })
})

/** The default action leads to blue, as the world has it, and a rule leads to this side. */
function besideDefault(side: 0 | 1, condition: object = SHOP): Prepare {
  return ({ operations }, { productionListenerArn: ListenerArn, targetGroupArns }) => {
    operations.elasticloadbalancing.CreateRule({
      ListenerArn,
      Priority: 10,
      Conditions: [condition],
      Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArns[side] }]
    })
  }
}

describe('a pair to which the default action leads', () => {
  it('is looked for among the rules too, with one call', async () => {
    const { operations, ...release } = await run({})
    expect(operations.filter((each) => each.endsWith(':DescribeRules'))).toHaveLength(1)
    expect(verdictOf(release, LISTED)).toBe('OK: production on port 80 forwards to orders-a (100)')
    expect(release.draft.warnings.join()).not.toContain('of the production listener')
  })

  it('and a rule as well is warned of: AWS does not say which of them CodeDeploy changes', async () => {
    const release = await released(besideDefault(0))
    expect(release.draft.warnings.join()).toMatch(
      /the default action and rule 10 of the production listener forward to the pair/
    )
    expect(release.ending.outcome).toBe('released')
  })

  it.each([
    ['as CodeDeploy leaves what it changes', [100, 0], 'OK', 'released'],
    ['one of which was left behind by the last release', [0, 100], 'NG', 'refused']
  ] as const)(
    'and a rule as well, both with both groups, %s, is no warning at every release',
    async (_, [a, b], verdict, outcome) => {
      const release = await released((emulator, demo) => {
        besideDefault(0)(emulator, demo)
        const { elasticloadbalancing: elb } = emulator.operations
        const [blue, green] = demo.targetGroupArns
        const [rule] = [...emulator.world.elb.rules.values()]
        elb.ModifyListener({
          ListenerArn: demo.productionListenerArn,
          DefaultActions: [forward({ [blue]: 100, [green]: 0 })]
        })
        elb.ModifyRule({ RuleArn: rule?.arn, Actions: [forward({ [blue]: a, [green]: b })] })
      })
      expect(release.draft.warnings.join()).not.toContain('of the production listener')
      const lines = release.draft.preflight.map((line) => `${line.verdict}: ${line.reason}`)
      expect(lines).toContain(
        'OK: the default action and rule 10 lead to the pair; each names both target groups, as CodeDeploy leaves what it changes'
      )
      expect(verdictOf(release, 'live traffic')).toMatch(new RegExp(`^${verdict}`))
      expect(release.ending.outcome).toBe(outcome)
    }
  )

  it('and a rule that leads to the idle side is refused: green would have users at once', async () => {
    const release = await released(besideDefault(1))
    expect(verdictOf(release, 'live traffic')).toMatch(
      /^NG: orders-b has production traffic, and the PRIMARY task set is in orders-a/
    )
    expect(release.ending.outcome).toBe('refused')
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('is refused where the rule is on a later page of the answer', async () => {
    const release = await released((emulator, demo) => {
      for (let index = 0; index < 400; index++) {
        emulator.operations.elasticloadbalancing.CreateRule({
          ListenerArn: demo.productionListenerArn,
          Priority: 1000 + index,
          Conditions: [SHOP],
          Actions: [
            index === 399
              ? { Type: 'forward', TargetGroupArn: demo.targetGroupArns[1] }
              : { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }
          ]
        })
      }
      besideDefault(0)(emulator, demo)
    })
    expect(verdictOf(release, 'live traffic')).toMatch(/^NG: orders-b has production traffic/)
  })

  it('is released where the role may not read rules, and the line says that it did not', async () => {
    const release = await run({
      prepare: faulty('elasticloadbalancing:DescribeRules', { kind: 'denied' })
    })
    expect(verdictOf(release, LISTED)).toBe(
      'OK: production on port 80 forwards to orders-a (100); its rules were not read (`elasticloadbalancing:DescribeRules`)'
    )
    expect(release.ending.outcome).toBe('released')
  })

  it('with a rule that leads to the same side has its targets looked at', async () => {
    const release = await released((emulator, demo) => {
      besideDefault(1)(emulator, demo)
      emulator.operations.elasticloadbalancing.ModifyListener({
        ListenerArn: demo.productionListenerArn,
        DefaultActions: [forward({ [demo.targetGroupArns[1]]: 100 })]
      })
    })
    expect(verdictOf(release, 'production targets')).toMatch(/^WARN: orders-b.*no healthy target/)
  })
})

describe('live traffic', () => {
  it('that is split already is refused: green would have users before anybody has decided', async () => {
    const release = await released(({ operations }, demo) => {
      const [blue, idle] = demo.targetGroupArns
      operations.elasticloadbalancing.ModifyListener({
        ListenerArn: demo.productionListenerArn,
        DefaultActions: [forward({ [blue]: 50, [idle]: 50 })]
      })
    })
    expect(verdictOf(release, 'live traffic')).toMatch(
      /^NG: orders-b has production traffic, and the PRIMARY task set is in orders-a.*weight of orders-a to 100 and of orders-b to 0$/
    )
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('that goes to the other group than the one of the PRIMARY task set is refused', async () => {
    const release = await released(({ operations }, demo) => {
      const [blue, idle] = demo.targetGroupArns
      operations.elasticloadbalancing.ModifyListener({
        ListenerArn: demo.productionListenerArn,
        DefaultActions: [forward({ [blue]: 0, [idle]: 100 })]
      })
    })
    expect(verdictOf(release, 'live traffic')).toMatch(/^NG: orders-b has production traffic/)
    // Nobody is behind it, either.
    expect(verdictOf(release, 'production targets')).toMatch(/^WARN: orders-b.*no healthy target/)
  })

  it('to the PRIMARY task set, the other group at weight 0, is as a release leaves it', async () => {
    const release = await run({})
    const after = release.again({
      'container-name': '',
      image: '',
      'force-new-deployment': 'true',
      'dry-run': 'true'
    })
    await release.advance(600_000, after.ended)
    expect(verdictOf(after, 'live traffic')).toMatch(/^OK: all of it goes to orders-b/)
    expect(verdictOf(after, 'stickiness')).toBe('no: check')
    expect(verdictOf(after, 'production targets')).toBe('no: check')
  })
})

it('stickiness of target groups is warned of, with how long clients stay', async () => {
  const release = await released(({ operations }, demo) => {
    const [blue, idle] = demo.targetGroupArns
    operations.elasticloadbalancing.ModifyListener({
      ListenerArn: demo.productionListenerArn,
      DefaultActions: [forward({ [blue]: 100, [idle]: 0 }, 3600)]
    })
  })
  expect(verdictOf(release, 'stickiness')).toMatch(/^WARN: clients stay .* for 3600 s/)
  expect(release.ending.outcome).toBe('released')
})
