import type { GateFacts } from '../../ledger/gate.ts'
import type { Gate } from '../../ledger/gate.ts'
import {
  breakGlass,
  findGate,
  giveUp,
  noteBreakGlassRefusal,
  openGate,
  openGates
} from '../../ledger/gates.ts'
import { serviceId } from '../../ledger/keys.ts'
import { IN_LEDGER, nobody } from '../decide/reasons.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { readHookEvent } from '../../controllers/codedeploy/gate/hook-event.ts'
import type { Deployment, Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'
import { judgeBreakGlass } from './break-glass.ts'
import { factsOf, type FindRequester } from './facts.ts'

/**
 * CodeDeploy's `BeforeAllowTraffic` hook invokes this with `DeploymentId` and
 * `LifecycleEventHookExecutionId` (aws-semantics 1.2). It opens the gate and posts
 * its card. If it is invoked again, it finds both.
 *
 * If the policy or Slack cannot be reached, so that nobody can be asked, it closes
 * the gate as FAILED and tells CodeDeploy. If the ledger cannot be reached, it
 * tells CodeDeploy nothing: Lambda retries the invocation, and CodeDeploy fails
 * the deployment after an hour.
 */
export async function handleRequest(
  platform: Platform,
  findRequester: FindRequester,
  event: unknown
): Promise<void> {
  const { deploymentId, executionId } = readHookEvent(event)
  const { deployments, table, log } = platform
  const deployment = await deployments.describe(deploymentId)
  if (deployment.isRollback) {
    // A rollback must never wait for a person.
    await deployments.report(deploymentId, executionId, 'Succeeded')
    log('info', 'rollback let through', { deployment: deploymentId })
    return
  }
  const policy = await readPolicy(platform)
  const readable = policy instanceof Error ? undefined : policy
  const facts: GateFacts = await factsOf(platform, findRequester, deployment, executionId, readable)
  const { gate } = await openGate(table, facts, executionId)
  if (policy instanceof Error) {
    const reason = IN_LEDGER['policy-unusable'](policy.message)
    await failClosed(platform, gate, undefined, reason)
    return
  }
  await supersede(platform, policy, deployment)
  await ask(platform, policy, gate)
}

/** Slack asks for about a second between messages to one channel. */
const POST_ATTEMPTS = 3
const BETWEEN_POSTS_MS = 1_500

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
  for (let attempt = 0; attempt < POST_ATTEMPTS; attempt++) {
    if (attempt > 0) await clock.sleep(BETWEEN_POSTS_MS)
    driven = await reconcile(platform, driven, policy)
    if (driven.state !== 'PENDING' || driven.card.ts !== '') return
    // Another invocation is posting the card.
    if (driven.card.lease > clock.now()) return
  }
  await failClosed(platform, driven, policy, IN_LEDGER['card-not-posted']())
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

/** Closes older open gates of this service. CodeDeploy runs one deployment at a time, so theirs have ended. */
async function supersede(
  platform: Platform,
  policy: Policy,
  deployment: Deployment
): Promise<void> {
  const { table, clock, log } = platform
  const service = serviceId(deployment.cluster, deployment.service)
  const older = (await openGates(table)).filter(
    ({ state, facts }) =>
      state === 'PENDING' &&
      serviceId(facts.cluster, facts.service) === service &&
      facts.deploymentId !== deployment.deploymentId &&
      facts.deploymentCreatedAt < deployment.createdAt
  )
  for (const gate of older) {
    const reason = IN_LEDGER.superseded(deployment.deploymentId)
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
