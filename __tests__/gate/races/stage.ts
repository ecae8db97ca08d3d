import type { Scheduler } from 'fast-check'
import { handleCallback } from '../../../src/gate/callback/handler.ts'
import type { Platform } from '../../../src/gate/platform.ts'
import { handleRequest } from '../../../src/gate/request/handler.ts'
import type { FindRequester } from '../../../src/gate/request/facts.ts'
import { handleSweep } from '../../../src/gate/sweep/sweep.ts'
import { canonical } from '../../../src/ledger/canonical.ts'
import { evidenceItem } from '../../../src/ledger/evidence-item.ts'
import type { Gate } from '../../../src/ledger/gate.ts'
import { findGate } from '../../../src/ledger/gates.ts'
import { gateId, releaseKey } from '../../../src/ledger/keys.ts'
import type { FlowEvidence, Verdict } from '../../../src/release/evidence.ts'
import { memoryWorldAt, MINUTE, policyWith, type MemoryWorld } from '../memory-world.ts'
import { clickPayload, reasonPayload, signed, SIGNING_SECRET } from '../slack-requests.ts'
import { SettableClock } from './clock.ts'
import { processIn } from './process.ts'
import type { Act, Scenario } from './scenario.ts'

export const DEPLOYMENT = 'd-ABCDEF123'
export const EXECUTION = 'an execution of the hook'
export const GATE = gateId(DEPLOYMENT, EXECUTION)
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

export type RaceWorld = MemoryWorld<SettableClock>

/** Plays a scenario, in the order that the scheduler likes, then sweeps twice with everything well again. */
export async function play(scenario: Scenario, scheduler: Scheduler): Promise<RaceWorld> {
  const world = memoryWorldAt(new SettableClock(), policyWith({ quorum: scenario.quorum }))
  const { policy } = world
  if (scenario.announced) await announce(world)
  if (scenario.opened) await handleRequest(world.platform, findRequester, hook)
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
  await handleSweep(world.platform)
}

export function gateIn(world: RaceWorld): Promise<Gate | undefined> {
  return findGate(world.table, GATE)
}

const hook = { DeploymentId: DEPLOYMENT, LifecycleEventHookExecutionId: EXECUTION }

async function run(act: Act, platform: Platform, world: RaceWorld): Promise<unknown> {
  switch (act.act) {
    case 'hook':
      return handleRequest(platform, findRequester, hook)
    case 'sweep':
      return handleSweep(platform)
    case 'click': {
      const { user, intent } = act
      const payload =
        intent === 'approve'
          ? clickPayload(user, intent, GATE)
          : reasonPayload(user, intent, GATE, `the reason of ${user}`)
      const event = signed(payload, world.clock.now())
      return handleCallback(platform, () => Promise.resolve(SIGNING_SECRET), event)
    }
    case 'time':
      await platform.clock.sleep(act.ms)
      return undefined
    case 'evidence':
      await platform.clock.sleep(0)
      return world.table.create(evidenceItem(SERVICE, DEPLOYMENT, evidenceOf(act.verdict), 'file'))
    case 'stop':
      await platform.clock.sleep(0)
      world.deployments.ended ??= { status: 'stopped', rollback: 'none', at: world.clock.now() }
      return undefined
  }
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
