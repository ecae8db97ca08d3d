import { withTaskDefinition } from '../controllers/codedeploy/appspec/pin.ts'
import { serialise } from '../controllers/codedeploy/appspec/serialise.ts'
import { describeError, kindOf } from '../aws/errors.ts'
import {
  describeTaskDefinition,
  registerTaskDefinition,
  type DescribedTaskDefinition
} from '../aws/task-definitions.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import { waitLimitMinutes } from '../release/wait-limit.ts'
import { Refused } from '../release/refusal.ts'
import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import { formatDiff } from '../taskdef/diff.ts'
import { announced } from '../verification/file/announced.ts'
import type { Verification } from '../verification/file/model.ts'
import { settleActive } from './active-policy.ts'
import type { ReleaseContext } from './context.ts'
import {
  AnotherIsActive,
  createDeployment,
  type CreatedDeployment
} from '../controllers/codedeploy/release/create.ts'
import { sha256 } from '../ledger/canonical.ts'
import type { FoundGroup } from '../controllers/codedeploy/release/discovery.ts'
import { readDocuments, type Documents } from './documents.ts'
import { requireRegion } from '../controllers/codedeploy/release/place.ts'
import { makePlan, type Plan } from '../controllers/codedeploy/release/plan.ts'
import { isGo, preflight } from '../controllers/codedeploy/release/preflight.ts'
import { checkRecovery } from '../controllers/codedeploy/release/preflight-recovery.ts'
import { checkVerification } from '../controllers/codedeploy/release/preflight-verification.ts'
import { previousRelease } from '../controllers/codedeploy/release/previous.ts'
import { waitsOf } from '../controllers/codedeploy/release/waits.ts'
import { survey, type Facts } from '../controllers/codedeploy/release/survey.ts'
import { watchDeployment } from './follow-release.ts'
import { whereOf } from '../controllers/codedeploy/release/where.ts'

/** How long one deployment group's owner is looked for, or a lost answer, or a throttled call. */
const PATIENCE_MS = 120_000

/** Releases through CodeDeploy. Errors: Refused before anything was written; those of AWS. */
export async function release(context: ReleaseContext): Promise<Ending> {
  const { settings, logger, draft } = context
  requireRegion(settings, context.region)
  const documents = await readDocuments(settings, context.files)
  for (;;) {
    const { facts, plan } = await logger.group('Pre-flight', () => prepare(context, documents))
    if (!isGo(draft.preflight)) throw new Refused(problemsOf(draft.preflight))
    if (settings.dryRun) return { ...endedEarly('planned'), approval: approvalBefore(plan) }
    if (context.cancelled.aborted) return cancelledEarly(plan)
    const { verification } = documents
    if (facts.active === undefined) return deploy(context, facts, plan, verification)
    const settled = await logger.group(`Deployment ${facts.active.id} is under way`, () =>
      settleFor(context, facts, plan, facts.active?.id ?? '')
    )
    if (settled === 'attach') return attach(context, facts, plan, facts.active.id)
    // Whatever ended may have changed what runs: look again.
  }
}

async function prepare(
  context: ReleaseContext,
  documents: Documents
): Promise<{ facts: Facts; plan: Plan }> {
  const { settings, clients, optionalReads, draft, logger, region } = context
  context.emit({ kind: 'phase', at: context.clock.now(), name: 'pre-flight' })
  const facts = await survey({ clients, optionalReads, backoff: backoff(context) }, settings)
  draft.where = whereOf(region, settings, facts)
  draft.announced = documents.verification ? announced(documents.verification) : []
  const plan = makePlan(settings, facts, documents, await baseRevision(context, facts))
  draft.taskDefinition = {
    runningArn: plan.runningArn,
    arn: plan.reuse,
    reused: plan.reuse !== undefined,
    changes: plan.changes
  }
  draft.rendered = plan.registration
  draft.appSpec =
    plan.appSpec &&
    serialise(plan.reuse ? withTaskDefinition(plan.appSpec, plan.reuse) : plan.appSpec)
  for (const line of formatDiff(plan.changes)) logger.info(line)
  draft.preflight = [
    ...preflight(settings, facts, plan),
    ...checkVerification(settings, facts, plan, documents.verification),
    ...checkRecovery(settings, plan, documents.verification),
    ...(await context.checkLedger(plan.gate.kind === 'hook' ? groupOf(facts) : undefined)),
    ...context.checkJob(waitMinutes(settings, facts, plan))
  ]
  for (const { verdict, name, reason } of draft.preflight) {
    logger.info(`${verdict.padEnd(4)}  ${name}: ${reason}`)
    if (verdict === 'WARN') draft.warnings.push(`${name}: ${reason}`)
  }
  return { facts, plan }
}

function groupOf({ group }: Facts): FoundGroup | undefined {
  return 'value' in group ? group.value : undefined
}

/** The revision that the inputs name, or what runs now; a file needs none. */
async function baseRevision(
  { settings, clients, logger }: ReleaseContext,
  { running, service, group }: Facts
): Promise<DescribedTaskDefinition | undefined> {
  const source = settings.taskDefinition
  if (source.kind === 'file') return undefined
  if (source.kind === 'reference') return described('task-definition', source.reference)
  if ('value' in running) {
    const { arn } = running.value
    if (source.kind === 'running') return running.value
    if (source.kind === 'revision') {
      return described('rollback-to', arn.replace(/\d+$/, String(source.revision)))
    }
    if (!('value' in group)) throw new Refused([`deployment group: ${group.missing}`])
    const previous = await previousRelease(clients, group.value, arn)
    logger.info(`going back to ${previous.taskDefinition}, released by ${previous.deploymentId}`)
    return described('rollback-to', previous.taskDefinition)
  }
  const reason = 'missing' in service ? service.missing : running.missing
  throw new Refused([
    source.kind === 'running'
      ? `\`task-definition\` is empty, so what runs now would be released: ${reason}`
      : `\`rollback-to\` starts from what runs now: ${reason}`
  ])

  async function described(input: string, reference: string): Promise<DescribedTaskDefinition> {
    try {
      return await describeTaskDefinition(clients, reference)
    } catch (error) {
      const message = `\`${input}\`: "${reference}" could not be read: ${describeError(error)}`
      throw new Refused([message], { cause: error })
    }
  }
}

function problemsOf(checks: readonly CheckResult[]): string[] {
  return checks
    .filter((check) => check.verdict === 'NG')
    .map((check) => `${check.name}: ${check.reason}`)
}

function settleFor(
  context: ReleaseContext,
  facts: Facts,
  plan: Plan,
  deploymentId: string
): Promise<'attach' | 'gone'> {
  const { settings, clock } = context
  const minutes = waitMinutes(settings, facts, plan)
  return settleActive({
    ...context,
    facts,
    plan,
    watching: {
      ...context,
      deploymentId,
      deadline: clock.now() + minutes * 60_000,
      onSnapshot: () => undefined
    }
  })
}

async function deploy(
  context: ReleaseContext,
  facts: Facts,
  plan: Plan,
  verification: Verification | undefined
): Promise<Ending> {
  const { logger, draft, clock, emit } = context
  const arn = await logger.group('Task definition', () => register(context, plan))
  const { appSpec } = plan
  if (!('value' in facts.group) || appSpec === undefined)
    throw new Error('pre-flight let this pass')
  const { application, deploymentGroup } = facts.group.value
  const pinned = serialise(withTaskDefinition(appSpec, arn))
  draft.appSpec = pinned
  if (context.cancelled.aborted) return cancelledEarly(plan)
  emit({ kind: 'phase', at: clock.now(), name: 'deploy' })
  let created: CreatedDeployment
  try {
    created = await createDeployment(
      context.clients,
      {
        application,
        deploymentGroup,
        deploymentConfig: context.settings.deploymentConfig,
        description: context.description,
        appSpec: pinned,
        sha256: sha256(pinned)
      },
      backoff(context)
    )
  } catch (error) {
    return notCreated(context, plan, error)
  }
  const { id, recovered } = created
  emit({ kind: 'created', at: clock.now(), deploymentId: id, recovered, attached: false })
  return followTo(context, facts, plan, id, verification)
}

async function register(context: ReleaseContext, plan: Plan): Promise<string> {
  const { clients, clock, draft, emit, logger } = context
  emit({ kind: 'phase', at: clock.now(), name: 'register' })
  const onWait = (error: unknown, ms: number): void =>
    logger.info(`waiting ${Math.round(ms / 1000)} s: ${describeError(error)}`)
  const arn =
    plan.reuse ??
    (await registerTaskDefinition(clients, plan.registration, {
      ...backoff(context),
      onWait
    }).catch((error: unknown) => {
      if (kindOf(error) === 'aborted') throw error
      throw new Refused([`RegisterTaskDefinition: ${describeError(error)}`], { cause: error })
    }))
  draft.taskDefinition = {
    runningArn: plan.runningArn,
    arn,
    reused: plan.reuse !== undefined,
    changes: plan.changes
  }
  const reused = plan.reuse !== undefined
  emit({ kind: 'registered', at: clock.now(), taskDefinitionArn: arn, reused })
  return arn
}

/** A revision may have been registered, so this is no refusal. */
function notCreated(context: ReleaseContext, plan: Plan, error: unknown): Ending {
  if (context.cancelled.aborted) return cancelledEarly(plan)
  const kind = kindOf(error)
  const answered = kind === 'refused' || kind === 'denied' || error instanceof AnotherIsActive
  return {
    ...endedEarly(answered ? 'failed' : 'unknown'),
    reason: `CreateDeployment: ${describeError(error)}`
  }
}

async function attach(
  context: ReleaseContext,
  facts: Facts,
  plan: Plan,
  deploymentId: string
): Promise<Ending> {
  const at = context.clock.now()
  context.emit({ kind: 'created', at, deploymentId, recovered: false, attached: true })
  return followTo(context, facts, plan, deploymentId)
}

function followTo(
  context: ReleaseContext,
  facts: Facts,
  plan: Plan,
  deploymentId: string,
  verification?: Verification
): Promise<Ending> {
  const deadline = context.clock.now() + waitMinutes(context.settings, facts, plan) * 60_000
  return watchDeployment(context, { facts, plan, deploymentId, deadline, verification })
}

function waitMinutes(settings: Settings, { group, routing }: Facts, { appSpec }: Plan): number {
  if (settings.waitForMinutes !== undefined) return settings.waitForMinutes
  if (appSpec === undefined || !('value' in group)) return 0
  return waitLimitMinutes(settings.waitFor, waitsOf(appSpec, group.value.info, routing))
}

function approvalBefore(plan: Plan): Ending['approval'] {
  return plan.gate.kind === 'none' ? 'not-required' : 'pending'
}

function cancelledEarly(plan: Plan): Ending {
  return {
    ...endedEarly('stopped'),
    approval: approvalBefore(plan),
    interrupted: { cause: 'cancel', done: 'stopped', reason: 'nothing had been deployed' }
  }
}

function backoff({ clock, random, cancelled }: ReleaseContext) {
  return { clock, random, limitMs: PATIENCE_MS, signal: cancelled }
}
