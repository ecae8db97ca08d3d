import { functionUrl, nameOf } from '../aws/console-url.ts'
import type { ControlPlane } from '../controllers/control-plane.ts'
import { approvalOf, type GateDecision } from '../release/decision.ts'
import { drainedInWords } from '../release/drained-words.ts'
import { reportDeployment } from '../release/draft.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import { follow, type FollowEnding } from '../release/follow.ts'
import { rollsBack, type Followed } from '../release/followed.ts'
import { approvalStatus } from '../release/gate.ts'
import { passes, type Outcome } from '../release/outcome.ts'
import { labelOfFunction, probableCause, whereCauseIs } from '../release/probable-cause.ts'
import type { Diagnosis } from '../release/report.ts'
import type { Snapshot, TargetHealth } from '../release/snapshot.ts'
import { until } from '../release/still-waiting.ts'
import { announcedOfGreen, leftForJob } from '../verification/file/announced.ts'
import type { Verifier } from '../verification/run-verification.ts'
import { say } from '../words/say.ts'
import { collectAvailability } from './collect-availability.ts'
import { collectVerification } from './collect-verification.ts'
import type { Begun, ReleaseContext } from './context.ts'
import { askWhenDecided } from './decision.ts'
import { heartbeatOf, withHeartbeat } from './heartbeat.ts'
import { keepEvidence, stopBecause } from './keep-evidence.ts'
import { followStoppedTasks } from './stopped-tasks.ts'
import { limitUnhealthyGreen } from './unhealthy-green.ts'

/**
 * Follows the deployment, which exists now, until the goal or another end. `deadline` is in
 * milliseconds since the epoch.
 */
export async function followRelease(
  context: ReleaseContext,
  plane: ControlPlane,
  begun: Begun,
  deadline: number
): Promise<Ending> {
  const { settings, clock, draft, logger } = context
  const { followed, verification } = begun
  const { deploymentId, gate } = followed
  const url = plane.urlOf(deploymentId)
  draft.where = followed.where
  draft.followed = followed
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
    targets: undefined,
    oldTasks: undefined,
    consoleUrl: url
  }
  await context.onDeployment(begun)
  logger.info(url)
  const startedAt = clock.now()
  const approval = (last: Snapshot | undefined): Ending['approval'] => approvalStatus(last, gate)
  if (settings.waitFor === 'started') {
    return { ...endedEarly('started'), approval: approval(undefined) }
  }
  context.emit({ kind: 'phase', at: clock.now(), name: 'watch' })
  const decision = askWhenDecided(context, deploymentId)
  const isInside = followed.verification?.isInside ?? false
  const inside =
    verification &&
    isInside &&
    collectVerification(context, deploymentId, announcedOfGreen(verification))
  const verifier = await startVerifier(context, plane, begun)
  if (verifier) plane.holdFor?.(verifier.greenAsked())
  // If the function that observes production stops the deployment, it always asks for a rollback,
  // whatever the control plane is configured to do.
  const mayBeOurs = ({ state }: Snapshot): boolean =>
    isInside && state === 'stopped' && verification?.availability?.onBreach === 'stop'
  const stoppedTasks = followStoppedTasks(context, plane, deploymentId, deadline)
  const unhealthy = limitUnhealthyGreen(context, plane, deploymentId)
  const green: { targets: readonly TargetHealth[] } = { targets: [] }
  const end = await logger.group(say`Deployment`, async () => {
    const ended = await follow({
      ...context,
      ...followed,
      controller: plane,
      goal: settings.waitFor,
      deadline,
      onCancel: settings.onCancel,
      onTimeout: settings.onTimeout,
      rollsBack: (last) =>
        draft.stoppedBecause !== undefined || mayBeOurs(last) || rollsBack(followed, last),
      onSnapshot: (snapshot) => {
        if (snapshot.targets) green.targets = snapshot.targets
        stoppedTasks.see(snapshot)
        unhealthy?.see(snapshot)
        decision.see(snapshot)
        verifier?.see(snapshot)
        if (inside) inside.see(snapshot)
        note(context, plane, deploymentId, snapshot)
      },
      onWait: heartbeatOf(context, { gate, deadline, limits: plane.limits }),
      decision: decision.last,
      onFailure: async (last, outcome) => {
        draft.diagnosis = await diagnose(context, plane, followed, {
          ended: last,
          outcome,
          targets: green.targets,
          startedAt
        })
      }
    })
    await stoppedTasks.ended()
    if (!passes(ended.outcome)) verifier?.stop()
    const evidence = async (): Promise<void> => {
      if (verifier) await endOf(verifier, context, deadline)
      if (inside) await inside.ended()
    }
    await withHeartbeat(context, evidence(), () => ({
      subject: say`evidence`,
      detail: say`still waiting for evidence that is being gathered; until ${until(deadline, clock.now())} UTC at most`
    }))
    const { availability } = verification ?? {}
    if (isInside && availability) {
      await collectAvailability(context, deploymentId, availability, ended)
    }
    // It comes last, so that the tasks have had the most time to stop.
    await noteOldTasks(context, plane, ended)
    return ended
  })
  const told = gate === 'none' ? undefined : await decision.last()
  const ending = endingOf(end, isEffective(told) ? approvalOf(told) : approval(end.last))
  return ending.outcome === 'stopped' && draft.stoppedBecause !== undefined
    ? { ...ending, reason: draft.stoppedBecause }
    : ending
}

/** A decision that came too late for the control plane has decided nothing. */
function isEffective(told: GateDecision | undefined): told is GateDecision {
  return told !== undefined && told.state !== 'PENDING' && told.effect !== 'LATE'
}

async function startVerifier(
  context: ReleaseContext,
  plane: ControlPlane,
  { followed, verification }: Begun
): Promise<Verifier | undefined> {
  const asked = followed.verification
  if (!verification || !asked) return undefined
  const { deploymentId, where } = followed
  return context.startVerifier(
    {
      ...plane.green(followed),
      verification: asked.isInside ? leftForJob(verification) : verification,
      deploymentId,
      askAfter: asked.askAfter,
      cluster: nameOf(where.cluster)
    },
    {
      onEvidence: (evidence) => keepEvidence(context, plane, evidence, verification.digest),
      onBreach: (reason) => {
        if (verification.availability?.onBreach === 'stop')
          void stopBecause(context, plane, `availability: ${reason}`)
      },
      // Traffic that moves in steps of this project's own can be put back at each of them.
      ...(plane.holdFor && {
        onMetricsBreach: (reason) => void stopBecause(context, plane, `metrics: ${reason}`)
      })
    }
  )
}

/**
 * Waits for the verifier. The job may reach its goal before all evidence is there, so it
 * waits until the deadline, or until the job is cancelled.
 */
async function endOf(
  verifier: Verifier,
  { clock, cancelled }: Pick<ReleaseContext, 'clock' | 'cancelled'>,
  deadline: number
): Promise<void> {
  const ended = verifier.ended()
  const done = new AbortController()
  const left = Math.max(0, deadline - clock.now())
  // The sleep ends early if the job is cancelled. `done` ends it once the verification has ended.
  await Promise.race([
    ended,
    clock.sleep(left, AbortSignal.any([cancelled, done.signal])).catch(() => undefined)
  ])
  done.abort()
  verifier.stop()
  await ended
}

function note(
  { draft }: Pick<ReleaseContext, 'draft'>,
  plane: ControlPlane,
  deploymentId: string,
  snapshot: Snapshot
): void {
  const shown = reportDeployment(snapshot, plane.urlOf(snapshot.deploymentId))
  if (snapshot.deploymentId === deploymentId) draft.deployment = shown
  else draft.rollbackDeployment = shown
}

/** Asks what has become of the old tasks, if the deployment has ended them. */
async function noteOldTasks(
  { draft, cancelled, logger }: Pick<ReleaseContext, 'draft' | 'cancelled' | 'logger'>,
  plane: ControlPlane,
  { last }: FollowEnding
): Promise<void> {
  const { deployment } = draft
  if (last?.state !== 'succeeded' || !deployment || cancelled.aborted) return
  const oldTasks = await plane.oldTasks(deployment.trafficShiftedAt ?? deployment.createdAt ?? 0)
  const drained = await plane.drained?.(cancelled)
  if (drained) logger.info(drainedInWords(drained))
  draft.deployment = { ...deployment, oldTasks, ...(drained && { drained }) }
}

function endingOf(end: FollowEnding, approval: Ending['approval']): Ending {
  return {
    outcome: end.outcome,
    rollback: end.rollback,
    approval,
    problems: [],
    reason: end.lost ?? end.last?.error?.message,
    interrupted: end.interrupted
  }
}

interface Failure {
  readonly ended: Snapshot
  readonly outcome: Outcome
  readonly targets: readonly TargetHealth[]
  readonly startedAt: number
}

async function diagnose(
  { draft, emit, clock, region }: ReleaseContext,
  plane: ControlPlane,
  followed: Followed,
  { ended, outcome, targets, startedAt }: Failure
): Promise<Diagnosis | undefined> {
  const { decision } = draft
  const where = whereCauseIs({ outcome, decision, ended })
  if (where === 'nowhere') return undefined
  emit({ kind: 'phase', at: clock.now(), name: 'diagnose' })
  const found =
    where === 'log'
      ? { stoppedTasks: [], serviceEvents: [] }
      : await plane.explain(followed, ended.createdAt ?? startedAt)
  const isTelling = where === 'everywhere' && targets.some(({ state }) => state !== 'healthy')
  const hooks = new Map(Object.entries(followed.hooks))
  const words = probableCause({ outcome, decision, ended, targets, hooks, ...found })
  const failed = ended.steps?.find((step) => step.status === 'Failed')
  const hook = failed && hooks.get(failed.name)
  const ofHooks = [...hooks.values()].map((name) => functionUrl(region, name))
  return {
    ...words,
    whereToLook: [
      ...(hook === undefined
        ? []
        : [{ label: labelOfFunction(hook), url: functionUrl(region, hook) }]),
      ...draft.where.consoleLinks.filter(({ url }) => !ofHooks.includes(url))
    ],
    targets: isTelling ? targets : [],
    ...found,
    // What the service says of a deployment that was stopped for a known reason, such as that it
    // drains connections, is what the stop has caused.
    ...(outcome === 'stopped' && words.finding === undefined && { serviceEvents: [] })
  }
}
