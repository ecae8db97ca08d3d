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
import { readHookEvent } from '../../controllers/codedeploy/gate/hook-event.ts'
import { retry } from '../runtime/retry.ts'
import type { Deployment } from '../platform.ts'
import { findOut } from './ask.ts'
import { whoseHook } from './own-hook.ts'
import { claim } from './claim.ts'
import type { VerifyPlatform } from './platform.ts'

/** What is left for the last writes and for CodeDeploy when asking ends. */
const MARGIN_MS = 20_000
/** Of that, what is left for CodeDeploy alone. */
const LAST_MS = 10_000
/** Over two minutes: nobody else knows of this hook, so a disturbance is waited out. */
const ATTEMPTS = 9
/** The job writes the file right after CreateDeployment, and the hook comes minutes later. */
const FILE_TRIES = 10
const BETWEEN_TRIES_MS = 3_000

/** One invocation, as Lambda tells of it. */
export interface Invocation {
  /** Of a retry by Lambda, it is the same again. */
  readonly requestId: string
  readonly remainingMs: number
  /** The function as it was invoked, with its version or alias where one was named. */
  readonly functionArn: string
}

type Answer = 'Succeeded' | 'Failed'

/**
 * Invoked by CodeDeploy's `AfterAllowTestTraffic` hook, or by `AfterInstall`
 * where the group has no test listener. Asks green what the release's
 * verification file says, stores the evidence and answers the hook, whatever
 * happens: a hook without an answer would hang for an hour (aws-semantics 1.2).
 * Somebody else's hook gets no answer at all, however the function was invoked.
 *
 * `Failed` where required evidence has not passed and no gate is there to
 * reject it on record, or where evidence could not be stored.
 * Errors: CodeDeploy's, where it could not be told of the answer to the end;
 * Lambda then tries again.
 */
export async function handleVerify(
  platform: VerifyPlatform,
  event: unknown,
  invocation: Invocation
): Promise<void> {
  const { deployments, clock, log } = platform
  const { deploymentId, executionId } = readHookEvent(event)
  const endsAt = clock.now() + invocation.remainingMs
  const whose = (): ReturnType<typeof whoseHook> =>
    whoseHook(platform, deploymentId, invocation.functionArn, ATTEMPTS)
  const leave = (why: string): void =>
    log('error', 'not the hook of this function: not answered', { deployment: deploymentId, why })
  const asked = await whose()
  if (asked.whose === 'other') return leave(asked.why)
  let answer: Answer = 'Failed'
  let isRollback = false
  try {
    const describe = (): Promise<Deployment> => deployments.describe(deploymentId)
    const deployment = await retry(platform, 'describe', describe, ATTEMPTS)
    isRollback = deployment.isRollback
    // Going back must never wait for anything.
    answer = isRollback ? 'Succeeded' : await answerInTime(deployment)
  } catch (error) {
    log('error', 'not verified', { deployment: deploymentId, why: describeError(error) })
  }
  // Green was asked for minutes.
  const now = await whose()
  if (now.whose === 'other') return leave(now.why)
  if (now.whose === 'unknown') {
    log('error', 'whose hook it is cannot be told', { deployment: deploymentId, why: now.why })
    if (!isRollback) answer = 'Failed'
  }
  const report = (): ReturnType<typeof deployments.report> =>
    deployments.report(deploymentId, executionId, answer)
  const told = await retry(platform, 'report', report, ATTEMPTS)
  log('info', 'hook answered', { deployment: deploymentId, answer, told })

  /** Asking ends by itself; where something does not settle all the same, the hook is answered. */
  async function answerInTime(deployment: Deployment): Promise<Answer> {
    const until = endsAt - MARGIN_MS
    const answering = answerOf(platform, deployment, invocation.requestId, until)
    const found = await within(clock, Math.max(0, endsAt - LAST_MS - clock.now()), answering)
    if (found === undefined) throw new Error('what was asked has not settled in time')
    return found
  }
}

/** Errors: whatever keeps evidence from being found out or stored. */
async function answerOf(
  platform: VerifyPlatform,
  deployment: Deployment,
  requestId: string,
  until: number
): Promise<Answer> {
  const { log, isGated } = platform
  const { deploymentId } = deployment
  const file = await fileOf(platform, deployment)
  if (!file) {
    log('error', 'no verification file in the ledger', { deployment: deploymentId })
    return 'Failed'
  }
  const verification = await parseVerification(file.text, file.path)
  const wanted = announcedOfGreen(verification)
  if (await claim(platform, deployment, { requestId, until, wanted })) {
    await ask(platform, deployment, verification, until)
  }
  const verdicts = await Promise.all(
    wanted.map(async (each) => ({ ...each, verdict: await verdictOf(platform, deployment, each) }))
  )
  const missing = verdicts.filter(({ verdict }) => verdict === undefined)
  if (missing.length > 0) return 'Failed'
  const against = verdicts.filter(({ required, verdict }) => required && verdict !== 'passed')
  if (against.length === 0) return 'Succeeded'
  const gated = await retry(platform, 'isGated', () => isGated(deploymentId), ATTEMPTS)
  const rejects = gated && (await isAnnounced(platform, deployment, against))
  log('info', 'required evidence has not passed', { deployment: deploymentId, rejects })
  // The gate rejects by itself, so that the decision is on its card and on record.
  return rejects ? 'Succeeded' : 'Failed'
}

/** Asks what is not in the ledger yet: who was cut off goes on where it was. */
async function ask(
  platform: VerifyPlatform,
  deployment: Deployment,
  verification: Verification,
  until: number
): Promise<void> {
  const { clock, table, log } = platform
  const service = serviceId(deployment.cluster, deployment.service)
  const left: string[] = []
  for (const each of announcedOfGreen(verification)) {
    if ((await verdictOf(platform, deployment, each)) === undefined) left.push(each.name)
  }
  await findOut(platform, deployment, verification, left, until, async (evidence) => {
    const { deploymentId } = deployment
    const item = evidenceItem(service, deploymentId, evidence, verification.digest)
    await table.create({ ...item, ttl: expiryOf(clock.now()) })
    const { name, verdict } = evidence
    log('info', 'evidence', { deployment: deploymentId, name, verdict })
  })
}

async function fileOf(
  { table, clock }: VerifyPlatform,
  { cluster, service, deploymentId }: Deployment
): Promise<VerificationFile | undefined> {
  const key = verificationKey(serviceId(cluster, service), deploymentId)
  for (let tries = 1; ; tries++) {
    const item = await table.get(key)
    if (item) return readVerificationItem(item, deploymentId)
    if (tries === FILE_TRIES) return undefined
    await clock.sleep(BETWEEN_TRIES_MS)
  }
}

/** As the ledger has it; undefined: it is not there. */
async function verdictOf(
  { table }: VerifyPlatform,
  { cluster, service, deploymentId }: Deployment,
  { name }: Announced
): Promise<string | undefined> {
  const item = await table.get(evidenceKey(serviceId(cluster, service), deploymentId, name))
  return item && readEvidenceItem(item, deploymentId)?.verdict
}

/** Whether the gate knows of all of these: it holds only what the release's record has announced as required. */
async function isAnnounced(
  { table }: VerifyPlatform,
  { cluster, service, deploymentId }: Deployment,
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
