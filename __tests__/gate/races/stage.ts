import type { Scheduler } from 'fast-check'
import { handleCallback } from '../../../src/gate/callback/handler.ts'
import type { Platform } from '../../../src/gate/platform.ts'
import type { RequestPlane } from '../../../src/controllers/gate-plane.ts'
import { planeOf } from '../../../src/gate/find-plane.ts'
import { handleRequest } from '../../../src/gate/request/handler.ts'
import type { FindRequester } from '../../../src/gate/request/facts.ts'
import { handleSweep } from '../../../src/gate/sweep/sweep.ts'
import { canonical } from '../../../src/ledger/canonical.ts'
import { evidenceItem } from '../../../src/ledger/evidence-item.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { findGate } from '../../../src/ledger/gates.ts'
import { CHAIN, gateId, releaseKey } from '../../../src/ledger/keys.ts'
import type { FlowEvidence, Verdict } from '../../../src/release/evidence.ts'
import {
  KEYS_IN_REACH,
  memoryWorldAt,
  MINUTE,
  policyWith,
  REMAINING_MS,
  type MemoryWorld
} from '../memory-world.ts'
import { openForAll } from '../open-for-all.ts'
import { clickPayload, reasonPayload, signed, SIGNING_SECRET } from '../slack-requests.ts'
import { SettableClock } from './clock.ts'
import { processIn } from './process.ts'
import type { Act, Scenario } from './scenario.ts'

export const DEPLOYMENT = 'd-ABCDEF123'
const DEPLOYMENTS = [DEPLOYMENT, 'd-SECOND', 'd-THIRD'] as const
const TOKENS = ['what answers the first', 'the second', 'the third'] as const
const SERVICE = 'shop/orders'
const EVIDENCE = { name: 'order and pay', required: true } as const

const findRequester: FindRequester = () =>
  Promise.resolve({
    verified: true,
    why: undefined,
    logins: ['octocat'],
    users: ['U0ASK'],
    unmapped: []
  })

export interface RaceWorld extends MemoryWorld<SettableClock> {
  readonly gateId: string
  /** What waits for the gate. */
  readonly deployments: readonly string[]
  /** Answers that a deployment got before a decision was on record. */
  answeredUnrecorded: number
}

function raceWorld({ quorum, holds }: Scenario): RaceWorld {
  const world = memoryWorldAt(new SettableClock(), policyWith({ quorum }))
  const race: RaceWorld = Object.assign(world, {
    gateId: gateId(DEPLOYMENT, TOKENS.slice(0, holds)),
    deployments: DEPLOYMENTS.slice(0, holds),
    answeredUnrecorded: 0
  })
  const answer = race.plane.answer.bind(race.plane)
  race.plane.answer = (...given) => {
    const rows = [...race.table.items.values()].filter(({ pk }) => pk.startsWith(CHAIN))
    if (rows.length === 0) race.answeredUnrecorded++
    return answer(...given)
  }
  return race
}

/** Plays a scenario, in the order that the scheduler likes, then sweeps twice with everything well again. */
export async function play(scenario: Scenario, scheduler: Scheduler): Promise<RaceWorld> {
  const world = raceWorld(scenario)
  const { policy } = world
  if (scenario.announced) await announce(world)
  if (scenario.opened) await opens(world.platform, world)
  if (scenario.slackDown) world.slack.down = 'ratelimited'
  if (scenario.policyBroken) world.policy = new Error('the policy is gone')
  world.clock.set(world.clock.now() + scenario.waited)
  for (const { act, fault } of scenario.acts) {
    // A process that fails or is gone: Lambda's matter, not the others'.
    run(act, processIn(world, scheduler, fault), world).catch(() => undefined)
  }
  await scheduler.waitIdle()
  world.slack.down = undefined
  world.policy = policy
  await settle(world)
  await settle(world)
  return world
}

/** One sweep, a minute later. */
export async function settle(world: RaceWorld): Promise<void> {
  world.clock.set(world.clock.now() + MINUTE)
  await handleSweep(world.platform, KEYS_IN_REACH)
}

export function gateIn(world: RaceWorld): Promise<Gate | undefined> {
  return findGate(world.table, world.gateId)
}

/** The gate opens: with one hold as the request function does it. */
async function opens(platform: Platform<RequestPlane>, world: RaceWorld): Promise<void> {
  const [token, ...more] = TOKENS.slice(0, world.deployments.length)
  if (token === undefined || more.length === 0) {
    await handleRequest(platform, findRequester, { deploymentId: DEPLOYMENT, token }, REMAINING_MS)
    return
  }
  const plane = await planeOf(platform.planes, 'memory')
  const { hold } = await plane.describe(DEPLOYMENT)
  const others = world.deployments.slice(1).map((deploymentId, index) => ({
    ...{ ...hold, deploymentId, service: `service ${index}` },
    // The first one runs out first: hooks begin one after another.
    openedAt: hold.openedAt + index * MINUTE,
    expiresAt: hold.expiresAt + index * MINUTE
  }))
  await openForAll(platform, plane, findRequester, [hold, ...others], [token, ...more])
}

async function run(act: Act, platform: Platform<RequestPlane>, world: RaceWorld): Promise<unknown> {
  switch (act.act) {
    case 'hook':
      return opens(platform, world)
    case 'sweep':
      return handleSweep(platform, KEYS_IN_REACH)
    case 'click': {
      const { user, intent } = act
      const payload =
        intent === 'approve'
          ? clickPayload(user, intent, world.gateId)
          : reasonPayload(user, intent, world.gateId, `the reason of ${user}`)
      const event = signed(payload, world.clock.now())
      return handleCallback(platform, () => Promise.resolve(SIGNING_SECRET), event)
    }
    case 'time':
      await platform.clock.sleep(act.ms)
      return undefined
    case 'evidence':
      await platform.clock.sleep(0)
      return world.table.create(evidenceItem(SERVICE, DEPLOYMENT, evidenceOf(act.verdict), 'file'))
    case 'traffic':
      await platform.clock.sleep(0)
      goOn(world, world.deployments[act.hold % world.deployments.length] ?? DEPLOYMENT, act.ends)
      return undefined
    case 'stop':
      await platform.clock.sleep(0)
      stop(world, world.deployments[act.hold % world.deployments.length])
      return undefined
  }
}

/** What a deployment does once it is let go: its traffic moves, and perhaps it ends. */
function goOn({ plane, clock }: RaceWorld, deploymentId: string, ends: boolean): void {
  plane.shifts.set(deploymentId, plane.shifts.get(deploymentId) ?? clock.now())
  if (ends) plane.completes.add(deploymentId)
}

function stop({ plane, clock }: RaceWorld, deploymentId = DEPLOYMENT): void {
  if (plane.endings.has(deploymentId)) return
  plane.endings.set(deploymentId, { status: 'stopped', rollback: 'none', at: clock.now() })
}

async function announce({ table }: RaceWorld): Promise<void> {
  const record = {
    version: 1,
    cluster: 'shop',
    service: 'orders',
    deploymentId: DEPLOYMENT,
    revision: { after: 'orders:2' },
    evidence: [{ ...EVIDENCE, verdict: 'pending', summary: '' }]
  }
  await table.create({ ...releaseKey(SERVICE, DEPLOYMENT), record: canonical(record) })
}

function evidenceOf(verdict: Verdict): FlowEvidence {
  return {
    ...EVIDENCE,
    section: 'flow',
    verdict,
    summary: `it has ${verdict}`,
    startedAt: 1,
    endedAt: 2,
    steps: []
  }
}
