import type { Gate } from '../../ledger/gate.ts'
import type { GateFacts } from '../../ledger/gate-facts.ts'
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
import type { Described, RequestPlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { planeKnowing } from '../find-plane.ts'
import type { Platform } from '../platform.ts'
import { PolicyError } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import { retry } from '../runtime/retry.ts'
import { judgeBreakGlass } from './break-glass.ts'
import { factsOf, type FindRequester } from './facts.ts'
import { failClosed } from './fail-closed.ts'
import { retryCard } from '../slack/retry-card.ts'
import { putOnRecord, unrecordedIn } from './unrecorded.ts'

/** Over a minute, so that a disturbance of AWS may be over. */
const ATTEMPTS = 8
/** How long before Lambda ends the function it stops trying, so that it can still say no. */
const MARGIN_MS = 30_000
/** How much of that is left for the answer alone. */
const LAST_MS = 10_000
/** Longer reasons are cut: AWS's messages hold ARNs. */
const LONGEST_PROBLEM = 500

/**
 * A control plane invokes this for a deployment that waits for the gate's answer:
 * CodeDeploy by its hook before production traffic moves. It opens the gate with
 * this one hold and posts its card. If it is invoked again, it finds both.
 *
 * What fails is done again until it succeeds or the time is over: nobody else
 * knows of this hook. If nobody can be asked, it closes the gate as FAILED with
 * the reason and answers no. If not even the ledger can be reached, it answers no
 * all the same, which opens nothing, and throws: Lambda may then invoke it again, and
 * that invocation puts the answer on record. If there is none, or it fails as well, the
 * watchdog finds the deployment later (watchdog/find-unrecorded.ts) and has it put on record.
 * Errors: those for which it gave up.
 */
export async function handleRequest(
  platform: Platform<RequestPlane>,
  findRequester: FindRequester,
  event: unknown,
  remainingMs: number
): Promise<void> {
  const unrecorded = unrecordedIn(event)
  if (unrecorded) {
    await putOnRecord(platform, findRequester, unrecorded)
    return
  }
  const { planes, clock, log } = platform
  const { plane, found: waiting } = await planeKnowing(planes, (each) => each.waitingIn(event))
  const { deploymentId } = waiting
  const endsAt = clock.now() + remainingMs
  const again: Again = (what, act) =>
    retry(platform, what, act, ATTEMPTS, endsAt - (what === 'answer' ? LAST_MS : MARGIN_MS))
  let isRollback = false
  let opened: Gate | undefined
  try {
    const deployment = await again('describe', () => plane.describe(deploymentId))
    isRollback = deployment.isRollback
    if (isRollback) {
      // A rollback must never wait for a person.
      await again('answer', () => plane.answer(waiting, 'go'))
      log('info', 'rollback let through', { deployment: deploymentId })
      return
    }
    const policy = await readPolicy(platform, again)
    await again('gate', async () => {
      const readable = policy instanceof Error ? undefined : policy
      const { token } = waiting
      const facts = await factsOf(platform, plane, findRequester, deployment, token, readable)
      const { gate } = await openGate(platform.table, facts, [token])
      opened = gate
      await handle(platform, gate, deployment, policy)
    })
  } catch (error) {
    log('error', 'the gate gives up', { deployment: deploymentId, why: describeError(error) })
    if (!isRollback) await sayNo(error)
    throw error
  }

  /** Never throws: whoever calls it has an error to throw. */
  async function sayNo(problem: unknown): Promise<void> {
    try {
      if (opened) {
        // It is in the ledger: what cannot be done here, the sweep does.
        const text = describeError(problem).slice(0, LONGEST_PROBLEM)
        await failClosed(platform, opened, undefined, IN_LEDGER['gave-up'](text))
      } else {
        const told = await again('answer', () => plane.answer(waiting, 'no-go'))
        log('warn', 'told no before it is on record', { deployment: deploymentId, told })
      }
    } catch (error) {
      log('error', 'no answer given', { deployment: deploymentId, why: describeError(error) })
    }
  }
}

type Again = <T>(what: string, act: () => Promise<T>) => Promise<T>

/** Does what a gate calls for that is in the ledger now. */
async function handle(
  platform: Platform,
  gate: Gate,
  { answered }: Described,
  policy: Policy | Error
): Promise<void> {
  if (policy instanceof Error) {
    await failClosed(platform, gate, undefined, IN_LEDGER['policy-unusable'](policy.message))
    return
  }
  if (gate.state === 'PENDING' && gate.card.ts === '' && answered === 'no-go') {
    await failClosed(platform, gate, policy, IN_LEDGER['told-before']())
    return
  }
  await supersede(platform, policy, gate.facts)
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

/** An invalid document stays invalid; the store that it is read from may come back. */
async function readPolicy({ policy }: Platform, again: Again): Promise<Policy | Error> {
  try {
    return await again('policy', async () => {
      try {
        return await policy()
      } catch (error) {
        if (error instanceof PolicyError) return error
        throw error
      }
    })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
