import type { Gate, GateFacts } from '../../ledger/gate.ts'
import {
  breakGlass,
  findGate,
  giveUp,
  noteBreakGlassRefusal,
  openGate,
  openGates
} from '../../ledger/gates.ts'
import { IN_LEDGER, nobody } from '../decide/reasons.ts'
import { isSuperseded } from '../decide/superseded.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import type { RequestPlane } from '../../controllers/gate-plane.ts'
import { planeKnowing } from '../find-plane.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { judgeBreakGlass } from './break-glass.ts'
import { factsOf, type FindRequester } from './facts.ts'
import { retryCard } from '../slack/retry-card.ts'

/**
 * A control plane invokes this for a deployment that waits for the gate's answer:
 * CodeDeploy by its hook before production traffic moves. It opens the gate with
 * this one hold and posts its card. If it is invoked again, it finds both.
 *
 * If the policy or Slack cannot be reached, so that nobody can be asked, it closes
 * the gate as FAILED and answers no. If the ledger cannot be reached, it answers
 * nothing: Lambda retries the invocation, and the plane fails the deployment when
 * the hold runs out.
 */
export async function handleRequest(
  platform: Platform<RequestPlane>,
  findRequester: FindRequester,
  event: unknown
): Promise<void> {
  const { planes, table, log } = platform
  const { plane, found: waiting } = await planeKnowing(planes, (each) => each.waitingIn(event))
  const deployment = await plane.describe(waiting.deploymentId)
  if (deployment.isRollback) {
    // A rollback must never wait for a person.
    await plane.answer(waiting, 'go')
    log('info', 'rollback let through', { deployment: waiting.deploymentId })
    return
  }
  const policy = await readPolicy(platform)
  const readable = policy instanceof Error ? undefined : policy
  const { token } = waiting
  const facts = await factsOf(platform, plane, findRequester, deployment, token, readable)
  const { gate } = await openGate(table, facts, [token])
  if (policy instanceof Error) {
    const reason = IN_LEDGER['policy-unusable'](policy.message)
    await failClosed(platform, gate, undefined, reason)
    return
  }
  await supersede(platform, policy, facts)
  await ask(platform, policy, gate)
}

async function ask(platform: Platform, policy: Policy, gate: Gate): Promise<void> {
  const { table, clock } = platform
  let driven = gate
  if (gate.state === 'PENDING') {
    const judged = await judgeBreakGlass(platform, policy, gate)
    if (judged === 'passes') {
      const { requester, release } = gate.facts
      const decision = {
        at: clock.now(),
        by: requester.users.map((id) => ({ id, name: requester.logins.join(', ') })),
        reason: release.breakGlass,
        breakGlass: true,
        policy: policy.digest
      }
      const decided = await breakGlass(table, gate, { decision })
      await reconcile(platform, decided ?? gate, policy)
      return
    }
    if (judged !== 'not-asked') {
      const noted = await noteBreakGlassRefusal(table, gate, judged)
      driven = noted ?? (await findGate(table, gate.facts.id)) ?? gate
    }
  }
  const unposted = await retryCard(platform, policy, driven)
  if (unposted) await failClosed(platform, unposted, policy, IN_LEDGER['card-not-posted']())
}

async function failClosed(
  platform: Platform,
  gate: Gate,
  policy: Policy | undefined,
  reason: string
): Promise<void> {
  const { table, clock, log } = platform
  log('error', 'gate fails closed', { gate: gate.facts.id, reason })
  const closed = await giveUp(table, gate, 'FAILED', nobody(clock.now(), reason, policy))
  await reconcile(platform, closed ?? (await findGate(table, gate.facts.id)) ?? gate, undefined)
}

/** Closes open gates whose deployments have ended, because their plane has gone on to a newer one. */
async function supersede(platform: Platform, policy: Policy, newer: GateFacts): Promise<void> {
  const { table, clock, log } = platform
  const older = (await openGates(table)).filter(
    ({ state, facts }) => state === 'PENDING' && isSuperseded(facts, newer)
  )
  for (const gate of older) {
    const reason = IN_LEDGER.superseded(newer.releaseId)
    try {
      const closed = await giveUp(table, gate, 'WITHDRAWN', nobody(clock.now(), reason, policy))
      if (closed) await reconcile(platform, closed, policy)
    } catch (error) {
      // The sweep will close it later. The new gate must not wait for that.
      log('warn', 'older gate not closed', { gate: gate.facts.id, why: String(error) })
    }
  }
}

async function readPolicy({ policy }: Platform): Promise<Policy | Error> {
  try {
    return await policy()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
