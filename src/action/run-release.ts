import { randomBytes } from 'node:crypto'
import { describeError } from '../aws/errors.ts'
import { release } from '../flow/run.ts'
import { fullyShiftedIn, type Draft } from '../release/draft.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import type { Evidence } from '../release/evidence.ts'
import { logLine } from '../release/log-lines.ts'
import { Refused } from '../release/refusal.ts'
import type { Trigger } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import { isTerminal } from '../release/snapshot.ts'
import type { TimelineEvent } from '../release/timeline.ts'
import type { Verification } from '../verification/file/model.ts'
import type { Io } from './io.ts'
import { checkJob } from './job-checks.ts'
import type { Ledger } from './ledger.ts'
import type { Log } from './log.ts'
import { releaseRecord } from './release-record.ts'
import { openSession, type Session } from './session.ts'
import { descriptionOf } from './trigger.ts'
import { openFiles } from './workspace.ts'

export interface Run {
  readonly io: Io
  readonly log: Log
  readonly settings: Settings
  readonly trigger: Trigger
  readonly draft: Draft
  readonly startedAt: number
  readonly onDeployment: () => Promise<void>
}

/** One release on AWS. Never throws: whatever happens is an ending, and the draft holds what was learnt. */
export async function runRelease(run: Run): Promise<Ending> {
  const { io, log, settings, draft, startedAt } = run
  const { env, clock, random, cancelled } = io
  let rollbackDeploymentId: string | undefined
  const emit = (event: TimelineEvent): void => {
    draft.timeline.push(event)
    if (event.kind === 'phase') return
    log.info(logLine(event, startedAt, { rollbackDeploymentId }))
    if (event.kind === 'rollback') rollbackDeploymentId = event.rollbackDeploymentId
  }
  const skipped = (what: string, reason: string): void =>
    emit({ kind: 'skipped', at: clock.now(), what, reason })
  try {
    const session = await openSession(io, settings, skipped)
    return await release({
      ...session,
      settings,
      clock,
      random,
      cancelled,
      logger: log,
      draft,
      emit,
      files: openFiles(env),
      description: descriptionOf(run.trigger, settings.description, randomBytes(3).toString('hex')),
      checkLedger: async (group) => (await session.ledger?.check(group)) ?? [],
      decision: async (deploymentId) => session.ledger?.decision(deploymentId),
      verifier: async (subject) => {
        const { startVerification } = await import('../verification/run-verification.ts')
        return startVerification({
          ...subject,
          clients: session.clients,
          optionalReads: session.optionalReads,
          env,
          clock,
          random,
          workspace: env.GITHUB_WORKSPACE ?? '.',
          k6Path: settings.k6Path,
          onProgress: (text) => log.info(text),
          monotonic: () => performance.now(),
          onEvidence: (evidence) =>
            keepEvidence(run, session, emit, evidence, subject.verification.digest),
          onBreach: (reason) => {
            if (subject.verification.availability?.onBreach === 'stop')
              void stop(run, session, emit, `availability: ${reason}`)
          }
        })
      },
      checkJob: (longestMinutes) => checkJob(settings, env, clock.now(), longestMinutes),
      evidence: async (deploymentId, names) =>
        (await session.ledger?.evidence(deploymentId, names)) ?? [],
      observation: async (deploymentId) =>
        (await session.ledger?.observation(deploymentId)) ?? NO_OBSERVATION,
      onDeployment: async (verification) => {
        await run.onDeployment()
        await writeRecord(run, session.ledger, verification)
        await writeVerification(run, session.ledger, verification)
      }
    })
  } catch (error) {
    return endingOfError(error, draft, cancelled)
  }
}

const NO_OBSERVATION = { evidence: undefined, stopped: undefined }

/** A release whose record could not be written goes on: its gate knows less, and lets through less. */
async function writeRecord(
  { draft, settings, trigger, log }: Run,
  ledger: Ledger | undefined,
  verification: Verification | undefined
): Promise<void> {
  // Who only follows has not asked for it.
  const isOurs = !draft.timeline.some((event) => event.kind === 'created' && event.attached)
  if (!ledger || !isOurs) return
  const record = releaseRecord(draft, settings, trigger, verification)
  if (!record) return
  try {
    await ledger.write(record)
  } catch (error) {
    const warning = `the release's record could not be written to the ledger: ${describeError(error)}`
    log.warning(warning)
    draft.warnings.push(warning)
  }
}

/** Without the file the functions find nothing out, so what is required never comes and the gate stays shut. */
async function writeVerification(
  { draft, settings, log }: Run,
  ledger: Ledger | undefined,
  verification: Verification | undefined
): Promise<void> {
  const { deployment } = draft
  if (settings.verifyFunction === undefined || !ledger || !deployment || !verification) return
  try {
    await ledger.writeVerification(deployment.id, verification.file)
  } catch (error) {
    const warning = `the verification file could not be written to the ledger, so green will not be verified: ${describeError(error)}`
    log.warning(warning)
    draft.warnings.push(warning)
  }
}

/**
 * Evidence goes to the gate by way of the ledger, which rejects by itself where
 * it is required and has failed. Without a ledger nobody but this job could.
 */
async function keepEvidence(
  run: Run,
  session: Session,
  emit: (event: TimelineEvent) => void,
  evidence: Evidence,
  file: string
): Promise<void> {
  const { draft, log, io } = run
  const { ledger } = session
  const { section, name, verdict, required, summary } = evidence
  draft.evidence.push(evidence)
  emit({ kind: 'evidence', at: io.clock.now(), name, verdict, required, summary })
  const { deployment } = draft
  if (!deployment) return
  if (ledger) {
    try {
      await ledger.writeEvidence(deployment.id, evidence, file)
    } catch (error) {
      const warning = `evidence ${name} could not be written to the ledger, so the gate does not know of it: ${describeError(error)}`
      log.warning(warning)
      draft.warnings.push(warning)
    }
  } else if (required && verdict !== 'passed' && section !== 'availability') {
    const isOver = isTerminal(deployment.state) || fullyShiftedIn(draft)
    if (!isOver) await stop(run, session, emit, `${name} ${verdict}: ${summary}`)
  }
}

/** Ends the deployment with a rollback. Never throws: where it cannot be done, that is said. */
async function stop(
  { draft, log, io }: Run,
  { controller }: Session,
  emit: (event: TimelineEvent) => void,
  because: string
): Promise<void> {
  const { deployment } = draft
  if (!deployment || draft.stoppedBecause !== undefined) return
  // First, so that whoever sees the deployment stopped knows why.
  draft.stoppedBecause = because
  try {
    await controller.stop(deployment.id, true)
    emit({ kind: 'interrupted', at: io.clock.now(), cause: 'evidence', action: 'stopped' })
  } catch (error) {
    // Whatever ends it then, it was not this.
    draft.stoppedBecause = undefined
    const warning = `the deployment could not be stopped (${because}): ${describeError(error)}`
    log.warning(warning)
    draft.warnings.push(warning)
  }
}

/** How a release has ended that this error has ended. */
export function endingOfError(error: unknown, draft: Draft, cancelled: AbortSignal): Ending {
  if (error instanceof Refused) return endedEarly('refused', error.problems)
  // From here on CreateDeployment may have been received.
  const mayBeCreated = draft.timeline.some(
    (event) => event.kind === 'phase' && event.name === 'deploy'
  )
  if (draft.deployment || mayBeCreated) {
    return { ...endedEarly('unknown'), reason: describeError(error) }
  }
  if (cancelled.aborted) {
    const interrupted = {
      cause: 'cancel',
      done: 'stopped',
      reason: 'nothing was deployed'
    } as const
    return { ...endedEarly('stopped'), interrupted }
  }
  return endedEarly('refused', [describeError(error)])
}
