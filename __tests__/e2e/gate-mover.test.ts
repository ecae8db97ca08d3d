import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { InstantRuntime } from '../../emulator/dataplane/instant-runtime.ts'
import { ScaledClock, type Clock } from '../../emulator/clock.ts'
import { startEmulator, type Emulator } from '../../emulator/emulator.ts'
import { startSlack } from '../../emulator/slack/server.ts'
import type { Slack } from '../../emulator/slack/slack.ts'
import { failoverPair, type FailoverPair } from '../../emulator/worlds/failover.ts'
import { installGate, type GateApp } from '../../emulator/worlds/gate-app.ts'
import { ledgerMoves } from '../../src/controllers/listener/release/ledger-moves.ts'
import type { Moves } from '../../src/controllers/listener/release/moves.ts'
import { dynamoTable } from '../../src/ledger/dynamo-table.ts'
import { whenShown } from '../helpers/when-shown.ts'
import { judgeCalls } from '../infra/denied-calls.ts'

/*
 * The bundle of the mover beside the gate's others, in the stack that infra/gate.yaml makes: woken
 * by the table's stream, asking through the request function, judged by its role.
 */

const CHANNEL = 'C0RELEASES'
let emulator: Emulator
let slack: Slack
let app: GateApp
let pair: FailoverPair
let dynamodb: DynamoDBClient
let elb: ElasticLoadBalancingV2Client
let ciKey: string

beforeAll(async () => {
  emulator = await startEmulator({
    clock: new ScaledClock(1),
    runtime: (clock: Clock) => new InstantRuntime(clock),
    proxies: false
  })
  pair = await failoverPair(emulator, 'rule', { healthCheckIntervalSeconds: 5 })
  slack = await startSlack({
    clock: new ScaledClock(1),
    team: 'T0TEAM',
    app: 'A0APP',
    botToken: 'xoxb-1',
    signingSecret: 'a secret',
    members: [
      { id: 'U0ANN', name: 'Ann' },
      { id: 'U0BEN', name: 'Ben' }
    ],
    channels: { [CHANNEL]: 'releases' },
    rateLimits: 'off'
  })
  app = await installGate(emulator, {
    bundles: new URL('../../dist/gate', import.meta.url).pathname,
    slack,
    policy: `
version: 1
language: en
slack: { team: T0TEAM, app: A0APP, channel: ${CHANNEL} }
approvers: { users: [U0ANN, U0BEN] }
self-approval: allowed
`,
    parameters: { FailoverRoutes: pair.ruleArn ?? '' }
  })
  const ci = emulator.credentials.addUser(`arn:aws:iam::${emulator.world.account}:user/ci`)
  ciKey = ci.accessKeyId
  const { endpoint, world } = emulator
  elb = new ElasticLoadBalancingV2Client({
    endpoint,
    region: world.region,
    credentials: emulator.userKeys
  })
  dynamodb = new DynamoDBClient({ endpoint, region: world.region, credentials: ci })
}, 120_000)

afterAll(async () => {
  elb.destroy()
  dynamodb.destroy()
  await slack.close()
  await emulator.close()
})

function movesOf(deploymentId: string): Moves {
  const clock = new ScaledClock(1)
  return ledgerMoves({
    table: dynamoTable(dynamodb, app.table),
    clock,
    cluster: pair.cluster,
    service: 'cart',
    deploymentId,
    createdAt: clock.now(),
    ecs: {
      cluster: pair.cluster,
      serviceOf: (arn) =>
        (arn === pair.prod1.targetGroupArn ? pair.prod1 : pair.prod2).service ?? ''
    },
    sideOf: (arn) => (arn === pair.prod1.targetGroupArn ? 'prod1' : 'prod2'),
    minHealthy: 2,
    look: () => Promise.resolve(undefined)
  })
}

const sides = (): { readonly from: string; readonly to: string } => ({
  from: pair.prod1.targetGroupArn,
  to: pair.prod2.targetGroupArn
})

function begin(
  moves: Moves,
  releaseId: string,
  shares: readonly number[],
  bakeMs: number
): Promise<void> {
  return moves.begin({
    releaseId,
    route: pair.ruleArn ?? '',
    pair: sides(),
    start: { from: 100, to: 0 },
    steps: shares.map((share, place) => ({ share, bakeMs, asks: place === 0 }))
  })
}

/** The gate's card of a move, once it shows this. */
async function card(which: number, shows: string): Promise<{ readonly ts: string }> {
  const cards = (): typeof slack.workspace.messages =>
    slack.workspace.messages.filter(
      ({ thread, blocks }) => thread === undefined && blocks[0]?.['type'] === 'header'
    )
  await whenShown(slack.workspace, () =>
    JSON.stringify(cards()[which]?.blocks ?? []).includes(shows)
  )
  return { ts: cards()[which]?.ts ?? '' }
}

async function ended(moves: Moves, id: string): Promise<string> {
  for (;;) {
    const { move } = await moves.read(id)
    if (['completed', 'restored', 'left', 'foreign'].includes(move.state)) return move.state
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The weights of prod1 and prod2, as ELB shows them. */
async function weights(): Promise<readonly (number | undefined)[]> {
  const asked = new DescribeRulesCommand({ RuleArns: [pair.ruleArn ?? ''] })
  const [action] = (await elb.send(asked)).Rules?.[0]?.Actions ?? []
  return (action?.ForwardConfig?.TargetGroups ?? []).map(({ Weight }) => Weight)
}

describe('the mover, in the stack of the template', () => {
  test('rolls back what a person rolls back, and moves what is approved, with the rights of its role', async () => {
    const first = movesOf('f-1')
    await begin(first, 'f-1', [10, 50, 100], 30_000)
    const { ts } = await card(0, 'Approving moves 10 %')
    expect(await weights()).toEqual([100, 0])
    await slack.click('U0ANN', ts, 'gate_approve')
    // Within the bake, so the card does not wait for the sweep of the next minute.
    await card(0, '*10 %* of new requests go to')
    expect(await weights()).toEqual([90, 10])
    await slack.click('U0BEN', ts, 'gate_roll_back')
    expect(await ended(first, 'f-1')).toBe('restored')
    expect(await weights()).toEqual([100, 0])

    const second = movesOf('f-2')
    await begin(second, 'f-2', [50, 100], 1_000)
    await slack.click('U0ANN', (await card(1, 'Approving moves 50 %')).ts, 'gate_approve')
    expect(await ended(second, 'f-2')).toBe('completed')
    expect(await weights()).toEqual([0, 100])
    expect((await second.before?.(pair.ruleArn ?? ''))?.deployedLast).toBe(sides().to)

    const { denied, used } = await judgeCalls(emulator, app.stack, {
      [ciKey]: 'CI',
      [emulator.userKeys.accessKeyId]: 'other'
    })
    expect(denied).toEqual([])
    expect(used['MoverRole']).toContain('elasticloadbalancing:ModifyRule')
  }, 120_000)
})
