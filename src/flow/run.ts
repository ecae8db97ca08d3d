import { describeError, kindOf } from '../aws/errors.ts'
import { explain } from '../aws/next-step.ts'
import { registerTaskDefinition } from '../aws/task-definitions.ts'
import { planeByController, planeByInputs } from '../controllers/choose.ts'
import {
  NotStarted,
  type ActiveDeployment,
  type ControlPlane,
  type Documents,
  type Plan,
  type RevisionPlan,
  type Started
} from '../controllers/control-plane.ts'
import { requireRegion } from '../controllers/place.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import type { Followed } from '../release/followed.ts'
import { Refused } from '../release/refusal.ts'
import { checkName } from '../release/check-names.ts'
import type { CheckResult } from '../release/report.ts'
import { formatDiff } from '../taskdef/diff.ts'
import { announced } from '../verification/file/announced.ts'
import { settleActive } from './active-policy.ts'
import { attachedTo } from './attach.ts'
import type { Begun, ReleaseContext } from './context.ts'
import { readDocuments, withOwnFiles } from './documents.ts'
import { followRelease } from './follow-release.ts'
import { heartbeatOf } from './heartbeat.ts'
import { askAfter } from './collect-verification.ts'
import { oneOffTaskMinutes, runOneOffTask } from './one-off-task.ts'
import { checkOneOffTask } from './preflight-one-off-task.ts'
import { checkRecovery } from './preflight-recovery.ts'
import { checkVerification } from './preflight-verification.ts'
import { say } from '../words/say.ts'

/**
 * Runs one release over the control plane that the inputs or the service choose. Errors:
 * Refused before anything was written; those of AWS.
 */
export async function run(context: ReleaseContext): Promise<Ending> {
  const { settings, logger, draft, planes, files } = context
  requireRegion(settings, context.region)
  const chosen = await planeByInputs(planes, settings)?.open(context)
  const read = await readDocuments(settings, files, chosen)
  const plane = chosen ?? (await (await planeByController(planes, context)).open(context))
  const documents = chosen ? read : await withOwnFiles(read, files, plane)
  for (;;) {
    const plan = await logger.group(say`Pre-flight`, () => prepare(context, plane, documents))
    if (!isGo(draft.preflight)) throw new Refused(problemsOf(draft.preflight))
    if (settings.dryRun) return { ...endedEarly('planned'), approval: approvalBefore(plan) }
    if (context.cancelled.aborted) return cancelledEarly(plan)
    const { active } = plan
    if (active === undefined) return deploy(context, plane, plan, documents)
    const settled = await logger.group(say`Deployment ${active.id} is under way`, () =>
      settle(context, plane, plan, active)
    )
    if (settled === 'attach') return attach(context, plane, plan, active, documents)
    // The deployment that has ended may have changed what runs, so the loop surveys again.
  }
}

async function prepare(
  context: ReleaseContext,
  plane: ControlPlane,
  documents: Documents
): Promise<Plan> {
  const { settings, draft, logger, ledger } = context
  context.emit({ kind: 'phase', at: context.clock.now(), name: 'pre-flight' })
  const { where, facts } = await plane.survey()
  draft.where = where
  draft.announced = documents.verification ? announced(documents.verification) : []
  const plan = await plane.plan(facts, documents)
  const { revision, following, watchedAs } = plan
  if (revision) {
    draft.taskDefinition = reportOf(revision, revision.reuse)
    draft.rendered = revision.registration
    for (const line of formatDiff(revision.changes)) logger.info(line)
  }
  draft.appSpec = plan.shown(revision?.reuse)
  draft.preflight = [
    ...plan.checks,
    ...checkOneOffTask(settings, revision),
    ...checkVerification(settings, plan, documents.verification),
    ...checkRecovery(settings, following, documents.verification),
    ...((await ledger?.check(following.gate === 'hook' ? watchedAs : undefined)) ?? []),
    ...context.checkJob(waitMinutes(context, plan) + oneOffTaskMinutes(settings))
  ]
  for (const check of draft.preflight) {
    const line = lineOf(check)
    logger.info(`${check.verdict.padEnd(4)}  ${line}`)
    if (check.verdict === 'WARN') draft.warnings.push(line)
  }
  return plan
}

function reportOf(
  { runningArn, reuse, changes }: RevisionPlan,
  arn: string | undefined
): ReleaseContext['draft']['taskDefinition'] {
  return { runningArn, arn, reused: reuse !== undefined, changes }
}

/** Whether no check stands against the release. */
function isGo(checks: readonly CheckResult[]): boolean {
  return checks.every((check) => check.verdict !== 'NG')
}

function problemsOf(checks: readonly CheckResult[]): string[] {
  return checks.filter((check) => check.verdict === 'NG').map(lineOf)
}

function lineOf({ name, reason }: CheckResult): string {
  return `${checkName(name)}: ${reason}`
}

function settle(
  context: ReleaseContext,
  plane: ControlPlane,
  plan: Plan,
  active: ActiveDeployment
): Promise<'attach' | 'gone'> {
  return settleActive({
    policy: context.settings.onActiveDeployment,
    deployment: active,
    watching: {
      ...context,
      controller: plane,
      deploymentId: active.id,
      deadline: deadlineOf(context, plan),
      onSnapshot: () => undefined,
      onWait: heartbeatOf(context, {
        gate: 'none',
        deadline: deadlineOf(context, plan),
        limits: plane.limits
      })
    }
  })
}

async function deploy(
  context: ReleaseContext,
  plane: ControlPlane,
  plan: Plan,
  documents: Documents
): Promise<Ending> {
  const { logger, draft, clock, emit, description } = context
  const { revision } = plan
  const arn =
    revision && (await logger.group(say`Task definition`, () => register(context, revision)))
  draft.appSpec = plan.shown(arn)
  const early = await beforeDeployment(context, plan, arn)
  if (early) return early
  emit({ kind: 'phase', at: clock.now(), name: 'deploy' })
  let started: Started
  try {
    started = await plane.start(plan, arn, description)
  } catch (error) {
    return notStarted(context, plan, error)
  }
  const { deploymentId, recovered } = started
  emit({ kind: 'created', at: clock.now(), deploymentId, recovered, attached: false })
  const followed = followedOf(context, plane, plan, deploymentId, arn, documents)
  const begun = { followed, verification: documents.verification, isAttached: false }
  return followRelease(context, plane, begun, deadlineOf(context, plan))
}

/** Runs the one-off task, if there is one. Resolves with the ending if nothing is to be deployed. */
async function beforeDeployment(
  context: ReleaseContext,
  plan: Plan,
  revision: string | undefined
): Promise<Ending | undefined> {
  const { settings, logger } = context
  const isCancelled = (): boolean => context.cancelled.aborted
  if (isCancelled()) return cancelledEarly(plan)
  const { oneOffTask } = settings
  if (!oneOffTask || revision === undefined) return undefined
  const ending = await logger.group(say`One-off task`, () =>
    runOneOffTask(context, oneOffTask, revision)
  )
  if (ending) return { ...ending, approval: approvalBefore(plan) }
  return isCancelled() ? cancelledEarly(plan) : undefined
}

/**
 * The ending if no deployment was started. It is not a refusal, because a revision may have
 * been registered. Throws every error that is not a NotStarted.
 */
function notStarted({ cancelled }: ReleaseContext, plan: Plan, error: unknown): Ending {
  if (cancelled.aborted) return cancelledEarly(plan)
  if (!(error instanceof NotStarted)) throw error
  return { ...endedEarly(error.isCertain ? 'failed' : 'unknown'), reason: error.message }
}

async function register(context: ReleaseContext, revision: RevisionPlan): Promise<string> {
  const { clients, clock, random, cancelled, draft, emit, logger } = context
  emit({ kind: 'phase', at: clock.now(), name: 'register' })
  const onWait = (error: unknown, ms: number): void =>
    logger.info(say`waiting ${Math.round(ms / 1000)} s: ${describeError(error)}`)
  const { reuse, registration } = revision
  const backoff = { clock, random, signal: cancelled, onWait }
  const arn =
    reuse ??
    (await registerTaskDefinition(clients, registration, backoff).catch((error: unknown) => {
      if (kindOf(error) === 'aborted') throw error
      throw new Refused([`RegisterTaskDefinition: ${explain(error)}`], { cause: error })
    }))
  draft.taskDefinition = reportOf(revision, arn)
  const reused = reuse !== undefined
  emit({ kind: 'registered', at: clock.now(), taskDefinitionArn: arn, reused })
  return arn
}

async function attach(
  context: ReleaseContext,
  plane: ControlPlane,
  plan: Plan,
  { id: deploymentId }: ActiveDeployment,
  documents: Documents
): Promise<Ending> {
  const { clock, emit, settings, logger } = context
  if (settings.oneOffTask) {
    logger.info(say`no one-off task is started: the run that started this deployment did that`)
  }
  emit({ kind: 'created', at: clock.now(), deploymentId, recovered: false, attached: true })
  const own = followedOf(context, plane, plan, deploymentId, plan.revision?.reuse, documents)
  const begun: Begun = await attachedTo(context, own, documents.verification)
  return followRelease(context, plane, begun, deadlineOf(context, plan))
}

function followedOf(
  { settings, draft: { where } }: ReleaseContext,
  plane: ControlPlane,
  { following, listeners, askAfter: own }: Plan,
  deploymentId: string,
  revision: string | undefined,
  { verification }: Documents
): Followed {
  const { hooks } = following
  const isInside = settings.verifyFunction !== undefined
  return {
    ...following,
    plane: plane.kind,
    deploymentId,
    ...plane.placed(where, { deploymentId, revision, hooks }),
    revision,
    verification: verification && {
      digest: verification.digest,
      isInside,
      askAfter: own ?? askAfter(listeners.test !== 'none', isInside)
    }
  }
}

function waitMinutes({ settings }: ReleaseContext, { longestMinutes }: Plan): number {
  return settings.waitForMinutes ?? longestMinutes
}

function deadlineOf(context: ReleaseContext, plan: Plan): number {
  return context.clock.now() + waitMinutes(context, plan) * 60_000
}

function approvalBefore({ following }: Plan): Ending['approval'] {
  return following.gate === 'none' ? 'not-required' : 'pending'
}

function cancelledEarly(plan: Plan): Ending {
  return {
    ...endedEarly('stopped'),
    approval: approvalBefore(plan),
    interrupted: { cause: 'cancel', done: 'stopped', reason: say`nothing had been deployed` }
  }
}
