import { describeError } from '../../aws/errors.ts'
import { evidenceItem, evidenceKey, readEvidenceItem } from '../../ledger/evidence-item.ts'
import { releaseKey, serviceId } from '../../ledger/keys.ts'
import { expiryOf } from '../../ledger/ttl.ts'
import { within } from '../../release/within.ts'
import { readRecord } from '../../ledger/release-record.ts'
import { readVerificationItem, verificationKey } from '../../ledger/verification-item.ts'
import type { VerificationFile } from '../../ledger/verification-item.ts'
import { announcedOfGreen, type Announced } from '../../verification/file/announced.ts'
import type { Verification } from '../../verification/file/model.ts'
import { parseVerification } from '../../verification/file/parse.ts'
import type { Answer, Described, VerifyPlane } from '../../controllers/gate-plane.ts'
import { inPolicyLanguage } from '../runtime/policy-language.ts'
import { retry } from '../runtime/retry.ts'
import type { Hold } from '../../ledger/gate-facts.ts'
import { planeKnowing } from '../find-plane.ts'
import { findOut } from './ask.ts'
import { whoseHook } from './own-hook.ts'
import { claim } from './claim.ts'
import type { VerifyPlatform } from './platform.ts'

/** How long before Lambda ends the function asking ends, so that the last writes and the answer are in time. */
const MARGIN_MS = 20_000
/** How much of that is left for the answer alone. */
const LAST_MS = 10_000
/** Over two minutes: nobody else knows of this hook, so the function waits until a disturbance is over. */
const ATTEMPTS = 9
/** The job writes the file right after CreateDeployment, and the hook comes minutes later. */
const FILE_TRIES = 10
const BETWEEN_TRIES_MS = 3_000

/** One invocation, as Lambda describes it. */
export interface Invocation {
  /** A retry by Lambda has the same one again. */
  readonly requestId: string
  readonly remainingMs: number
  /** The function as it was invoked, with its version or alias if one was named. */
  readonly functionArn: string
}

/**
 * A control plane invokes this for a hook before the gate's: CodeDeploy by
 * `AfterAllowTestTraffic`, or by `AfterInstall` if the group has no test listener.
 * It asks green what the release's verification file says, stores the evidence and
 * answers the hook, whatever happens: a hook without an answer would hang for an
 * hour (aws-semantics 1.2). It gives no answer at all to somebody else's hook,
 * however it was invoked.
 *
 * The answer is no if required evidence has not passed and no gate is there to
 * reject it on record, or if evidence could not be stored.
 * Errors: those of the plane if it takes no answer to the end; Lambda then tries
 * again.
 */
export async function handleVerify(
  platform: VerifyPlatform,
  event: unknown,
  invocation: Invocation
): Promise<void> {
  const { planes, clock, log } = platform
  const { plane, found: waiting } = await planeKnowing(planes, (each) => each.waitingIn(event))
  const { deploymentId } = waiting
  const endsAt = clock.now() + invocation.remainingMs
  const whose = (): ReturnType<typeof whoseHook> =>
    whoseHook(platform, plane, deploymentId, invocation.functionArn, ATTEMPTS)
  const leave = (why: string): void =>
    log('error', 'not the hook of this function: not answered', { deployment: deploymentId, why })
  const asked = await whose()
  if (asked.whose === 'other') return leave(asked.why)
  let answer: Answer = 'no-go'
  let isRollback = false
  try {
    const describe = (): Promise<Described> => plane.describe(deploymentId)
    const deployment = await retry(platform, 'describe', describe, ATTEMPTS)
    isRollback = deployment.isRollback
    // A rollback must never wait for anything.
    answer = isRollback ? 'go' : await answerInTime(deployment)
  } catch (error) {
    log('error', 'not verified', { deployment: deploymentId, why: describeError(error) })
  }
  // Asking green has taken minutes, so the hook may be another one now.
  const now = await whose()
  if (now.whose === 'other') return leave(now.why)
  if (now.whose === 'unknown') {
    log('error', 'whose hook it is cannot be told', { deployment: deploymentId, why: now.why })
    if (!isRollback) answer = 'no-go'
  }
  const give = (): ReturnType<VerifyPlane['answer']> => plane.answer(waiting, answer)
  const told = await retry(platform, 'answer', give, ATTEMPTS)
  log('info', 'hook answered', { deployment: deploymentId, answer, told })

  /** Asking ends by itself. If something does not settle all the same, the hook is answered. */
  async function answerInTime(deployment: Described): Promise<Answer> {
    const until = endsAt - MARGIN_MS
    const answering = inPolicyLanguage(platform.table, () =>
      answerOf(platform, plane, deployment, invocation.requestId, until)
    )
    const found = await within(clock, Math.max(0, endsAt - LAST_MS - clock.now()), answering)
    if (found === undefined) throw new Error('what was asked has not settled in time')
    return found
  }
}

/** Errors: all that keep evidence from being found out or stored. */
async function answerOf(
  platform: VerifyPlatform,
  plane: VerifyPlane,
  deployment: Described,
  requestId: string,
  until: number
): Promise<Answer> {
  const { log } = platform
  const { hold } = deployment
  const { deploymentId } = hold
  const file = await fileOf(platform, hold)
  if (!file) {
    log('error', 'no verification file in the ledger', { deployment: deploymentId })
    return 'no-go'
  }
  const verification = await parseVerification(file.text, file.path)
  const wanted = announcedOfGreen(verification)
  if (await claim(platform, hold, { requestId, until, wanted })) {
    await ask(platform, plane, deployment, verification, until)
  }
  const verdicts = await Promise.all(
    wanted.map(async (each) => ({ ...each, verdict: await verdictOf(platform, hold, each) }))
  )
  const missing = verdicts.filter(({ verdict }) => verdict === undefined)
  if (missing.length > 0) return 'no-go'
  const against = verdicts.filter(({ required, verdict }) => required && verdict !== 'passed')
  if (against.length === 0) return 'go'
  const gateable = await retry(platform, 'gating', () => plane.gating(deploymentId), ATTEMPTS)
  const rejects = gateable?.gating.gated === true && (await isAnnounced(platform, hold, against))
  log('info', 'required evidence has not passed', { deployment: deploymentId, rejects })
  // The gate rejects by itself, so that the decision is on its card and on record.
  return rejects ? 'go' : 'no-go'
}

/** Asks what is not in the ledger yet: an invocation after one that was cut off goes on where that one was. */
async function ask(
  platform: VerifyPlatform,
  plane: VerifyPlane,
  deployment: Described,
  verification: Verification,
  until: number
): Promise<void> {
  const { clock, table, log } = platform
  const { hold } = deployment
  const { deploymentId } = hold
  const service = serviceId(hold.cluster, hold.service)
  const left: string[] = []
  for (const each of announcedOfGreen(verification)) {
    if ((await verdictOf(platform, hold, each)) === undefined) left.push(each.name)
  }
  const findGreen = (): ReturnType<VerifyPlane['green']> => plane.green(deployment)
  await findOut(platform, findGreen, verification, left, until, async (evidence) => {
    const item = evidenceItem(service, deploymentId, evidence, verification.digest, 'function')
    await table.create({ ...item, ttl: expiryOf(clock.now()) })
    const { name, verdict } = evidence
    log('info', 'evidence', { deployment: deploymentId, name, verdict })
  })
}

async function fileOf(
  { table, clock }: VerifyPlatform,
  { cluster, service, deploymentId }: Hold
): Promise<VerificationFile | undefined> {
  const key = verificationKey(serviceId(cluster, service), deploymentId)
  for (let tries = 1; ; tries++) {
    const item = await table.get(key)
    if (item) return readVerificationItem(item, deploymentId)
    if (tries === FILE_TRIES) return undefined
    await clock.sleep(BETWEEN_TRIES_MS)
  }
}

/** The verdict in the ledger; undefined if it is not there. */
async function verdictOf(
  { table }: VerifyPlatform,
  { cluster, service, deploymentId }: Hold,
  { name }: Announced
): Promise<string | undefined> {
  // What CI says that it has measured keeps the function from measuring nothing.
  const key = evidenceKey(serviceId(cluster, service), deploymentId, name, 'function')
  const item = await table.get(key)
  return item && readEvidenceItem(item, deploymentId)?.verdict
}

/** Whether the gate waits for all of these: it waits for the evidence that the release's record announces as required. */
async function isAnnounced(
  { table }: VerifyPlatform,
  { cluster, service, deploymentId }: Hold,
  names: readonly Announced[]
): Promise<boolean> {
  const item = await table.get(releaseKey(serviceId(cluster, service), deploymentId))
  const text = item?.['record']
  const record = typeof text === 'string' ? readRecord(text) : undefined
  const isOwn =
    record?.deploymentId === deploymentId &&
    record.cluster === cluster &&
    record.service === service
  const held = isOwn ? record.evidence : []
  return names.every(({ name }) => held.some((each) => each.name === name && each.required))
}
