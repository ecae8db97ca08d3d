import { GATE_EVENT } from '../controllers/codedeploy/appspec/model.ts'
import { deploymentUrl, functionUrl, nameOf } from '../aws/console-url.ts'
import { originOfListener } from '../controllers/codedeploy/reader/listener-origin.ts'
import { reportDeployment } from '../release/draft.ts'
import { approvalOf } from '../release/decision.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import { follow, type Follow, type FollowEnd } from '../release/follow.ts'
import { approvalStatus } from '../release/gate.ts'
import { probableCause } from '../release/probable-cause.ts'
import { passes, type Outcome } from '../release/outcome.ts'
import type { Diagnosis } from '../release/report.ts'
import { stageOf, type Snapshot, type TargetHealth } from '../release/snapshot.ts'
import { announcedOfGreen, leftForJob } from '../verification/file/announced.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Verifier } from '../verification/run-verification.ts'
import { askAfter, collectVerification } from './collect-verification.ts'
import { collectAvailability } from './collect-availability.ts'
import { readFailureEvidence } from '../controllers/ecs-failure.ts'
import { greenFleet } from '../controllers/codedeploy/release/green-fleet.ts'
import { findSides } from '../controllers/codedeploy/release/target-groups.ts'
import type { Plan } from '../controllers/codedeploy/release/plan.ts'
import { rollsBackOn } from '../controllers/codedeploy/release/preflight.ts'
import type { ReleaseContext } from './context.ts'
import type { Facts } from '../controllers/codedeploy/release/survey.ts'
import { withDeploymentLinks } from '../controllers/codedeploy/release/where.ts'

export interface Deployed {
  readonly facts: Facts
  readonly plan: Plan
  readonly deploymentId: string
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** Undefined: green is not verified, or by the run that is followed here. */
  readonly verification: Verification | undefined
}

/** Follows the deployment that exists now to the goal, or to whatever else ends it. */
export async function watchDeployment(
  context: ReleaseContext,
  deployed: Deployed
): Promise<Ending> {
  const { settings, clock, draft, region, logger } = context
  const { facts, plan, deploymentId, verification } = deployed
  draft.where = withDeploymentLinks(draft.where, region, {
    deploymentId,
    taskDefinitionArn: draft.taskDefinition?.arn,
    gateFunction: hooksOf(plan).get(GATE_EVENT)
  })
  draft.deployment = {
    id: deploymentId,
    state: 'created',
    status: 'Created',
    error: undefined,
    createdAt: clock.now(),
    completedAt: undefined,
    steps: [],
    trafficShiftedAt: undefined,
    traffic: undefined,
    consoleUrl: deploymentUrl(region, deploymentId)
  }
  await context.onDeployment(verification)
  logger.info(deploymentUrl(region, deploymentId))
  const startedAt = clock.now()
  const approval = (last: Snapshot | undefined): Ending['approval'] =>
    approvalStatus(last, plan.gate.kind)
  if (settings.waitFor === 'started') {
    return { ...endedEarly('started'), approval: approval(undefined) }
  }
  context.emit({ kind: 'phase', at: clock.now(), name: 'watch' })
  const decision = askWhenDecided(context, deploymentId)
  const isInside = settings.verifyFunction !== undefined
  const inside =
    verification &&
    isInside &&
    collectVerification(context, deploymentId, announcedOfGreen(verification))
  const fleet = greenFleet({ ...context, ...settings, deploymentId })
  const verifier =
    verification &&
    (await context.verifier({
      verification: isInside ? leftForJob(verification) : verification,
      deploymentId,
      askAfter: askAfter(draft.where.hasTestListener === true, isInside),
      cluster: nameOf(settings.cluster),
      origin: async (listener) =>
        'value' in facts.group
          ? originOfListener(context, facts.group.value.info, listener)
          : undefined,
      sides: (names) => findSides(context, names),
      fleet,
      images: () => fleet.images()
    }))
  // A stop of the function that observes production rolls back, whatever the group says.
  const mayBeOurs = ({ state }: Snapshot): boolean =>
    isInside && state === 'stopped' && verification?.availability?.onBreach === 'stop'
  const green: { targets: readonly TargetHealth[] } = { targets: [] }
  const end = await logger.group('Deployment', async () => {
    const ended = await follow({
      ...context,
      deploymentId,
      goal: settings.waitFor,
      gate: plan.gate.kind,
      onlyHook: plan.onlyHook,
      deadline: deployed.deadline,
      onCancel: settings.onCancel,
      onTimeout: settings.onTimeout,
      rollsBack: (ended) =>
        draft.stoppedBecause !== undefined || mayBeOurs(ended) || rollsBack(facts, ended),
      onSnapshot: (snapshot) => {
        if (snapshot.targets) green.targets = snapshot.targets
        decision.see(snapshot)
        verifier?.see(snapshot)
        if (inside) inside.see(snapshot)
        note(context, deploymentId, snapshot)
      },
      decision: decision.last,
      onFailure: async (ended, outcome) => {
        draft.diagnosis = await diagnose(
          context,
          deployed,
          ended,
          outcome,
          green.targets,
          startedAt
        )
      }
    })
    if (!passes(ended.outcome)) verifier?.stop()
    if (verifier) await endOf(verifier, context, deployed.deadline)
    if (inside) await inside.ended()
    const { availability } = verification ?? {}
    if (isInside && availability) {
      await collectAvailability(context, deploymentId, availability, ended)
    }
    return ended
  })
  const told = plan.gate.kind === 'none' ? undefined : await decision.last()
  const ending = endingOf(
    end,
    told && told.state !== 'PENDING' ? approvalOf(told) : approval(end.last)
  )
  return ending.outcome === 'stopped' && draft.stoppedBecause !== undefined
    ? { ...ending, reason: draft.stoppedBecause }
    : ending
}

/**
 * What the job has waited for may be there before all that was asked of green
 * is: it is waited for until the job's time is over, or the job is cancelled.
 */
async function endOf(
  verifier: Verifier,
  { clock, cancelled }: Pick<ReleaseContext, 'clock' | 'cancelled'>,
  deadline: number
): Promise<void> {
  const ended = verifier.ended()
  const done = new AbortController()
  const left = Math.max(0, deadline - clock.now())
  // Either ends the sleep, or the end of the verification does.
  await Promise.race([
    ended,
    clock.sleep(left, AbortSignal.any([cancelled, done.signal])).catch(() => undefined)
  ])
  done.abort()
  verifier.stop()
  await ended
}

/** Asks the ledger once the gate's event has ended, says what it says, and once more at the end. */
function askWhenDecided(
  { decision, draft, emit, clock }: ReleaseContext,
  deploymentId: string
): { readonly see: (snapshot: Snapshot) => void; readonly last: Follow['decision'] } {
  let asked: Promise<void> | undefined
  const ask = async (): Promise<void> => {
    const found = await decision(deploymentId)
    if (!found) return
    const isNew = draft.decision?.state !== found.state && found.state !== 'PENDING'
    draft.decision = found
    if (!isNew) return
    const { state, by, reason, breakGlass } = found
    emit({ kind: 'decision', at: clock.now(), state, by, reason, breakGlass })
  }
  return {
    see: (snapshot) => {
      const status = stageOf(snapshot, 'gate')?.status
      if (snapshot.deploymentId !== deploymentId) return
      if (status === 'Succeeded' || status === 'Failed') asked ??= ask()
    },
    last: async () => {
      await asked
      await ask()
      return draft.decision
    }
  }
}

function note({ draft, region }: ReleaseContext, deploymentId: string, snapshot: Snapshot): void {
  const url = deploymentUrl(region, snapshot.deploymentId)
  if (snapshot.deploymentId === deploymentId) draft.deployment = reportDeployment(snapshot, url)
  else draft.rollbackDeployment = reportDeployment(snapshot, url)
}

function endingOf(end: FollowEnd, approval: Ending['approval']): Ending {
  return {
    outcome: end.outcome,
    rollback: end.rollback,
    approval,
    problems: [],
    reason: end.lost ?? end.last?.error?.message,
    interrupted: end.interrupted
  }
}

/** Whether the group rolls back by itself after this end (aws-semantics 1.3). */
function rollsBack({ group }: Facts, ended: Snapshot): boolean {
  if (!('value' in group)) return false
  const config = group.value.info.autoRollbackConfiguration
  if (ended.state === 'failed') return rollsBackOn(config, 'DEPLOYMENT_FAILURE')
  return ended.stoppedBy === 'alarm'
    ? rollsBackOn(config, 'DEPLOYMENT_STOP_ON_ALARM')
    : rollsBackOn(config, 'DEPLOYMENT_STOP_ON_REQUEST')
}

function hooksOf({ appSpec }: Plan): ReadonlyMap<string, string> {
  return new Map(appSpec?.hooks.map((hook) => [hook.event, hook.function]))
}

async function diagnose(
  context: ReleaseContext,
  { plan }: Deployed,
  ended: Snapshot,
  outcome: Outcome,
  targets: readonly TargetHealth[],
  startedAt: number
): Promise<Diagnosis> {
  const { clients, optionalReads, settings, draft, region, clock } = context
  context.emit({ kind: 'phase', at: clock.now(), name: 'diagnose' })
  const found = await readFailureEvidence(clients, optionalReads, settings, {
    taskDefinitionArn: draft.taskDefinition?.arn ?? '',
    since: ended.createdAt ?? startedAt
  })
  const hooks = hooksOf(plan)
  const cause = probableCause({ outcome, ended, targets, hooks, ...found })
  const failed = ended.steps?.find((event) => event.status === 'Failed')
  const hook = failed && hooks.get(failed.name)
  return {
    cause,
    whereToLook: [
      ...(hook === undefined
        ? []
        : [{ label: `Function ${hook}`, url: functionUrl(region, hook) }]),
      ...draft.where.consoleLinks.filter(({ label }) => label !== 'Gate function')
    ],
    targets,
    ...found
  }
}
