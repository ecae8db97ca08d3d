import { randomBytes } from 'node:crypto'
import { explain } from '../aws/next-step.ts'
import { PLANES } from '../controllers/choose.ts'
import type { PlaneFactory } from '../controllers/control-plane.ts'
import type { Begun, ReleaseContext } from '../flow/context.ts'
import { run as runFlow } from '../flow/run.ts'
import type { Draft } from '../release/draft.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import type { Followed } from '../release/followed.ts'
import { logLine, wordsLine } from '../release/log-lines.ts'
import { Refused } from '../release/refusal.ts'
import { shortName } from '../release/report-words.ts'
import type { Trigger } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { TimelineEvent } from '../release/timeline.ts'
import { within } from '../release/within.ts'
import type { Language } from '../words/language.ts'
import { say, voiceOf, type Voice } from '../words/say.ts'
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
  /** As in ReleaseContext. */
  readonly onOneOffTask?: ReleaseContext['onOneOffTask']
  readonly onDeployment: (followed: Followed) => Promise<void>
  /** Called as soon as the language is known that the input or the gate's policy asks for. */
  readonly onLanguage?: (language: Language, voice: Voice) => void
  /** If it is undefined, every control plane can be used. */
  readonly planes?: readonly PlaneFactory[] | undefined
}

/**
 * Runs one release on AWS. Never throws: every error becomes an ending, and the draft holds
 * what is known.
 */
export async function runRelease(run: Run): Promise<Ending> {
  const { io, settings, draft, startedAt } = run
  const { env, clock, random, cancelled } = io
  let lastLineAt = startedAt
  const log = noting(run.log, () => (lastLineAt = clock.now()))
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
    const voice = await voiceOfRun(run, session)
    return await voice(() => releaseOver(session))
  } catch (error) {
    return endingOfError(error, draft, cancelled)
  }

  function releaseOver(session: Session): Promise<Ending> {
    const flow = runFlow({
      ...session,
      planes: run.planes ?? PLANES,
      settings,
      clock,
      random,
      cancelled,
      logger: log,
      draft,
      emit,
      tell: (words) => log.info(wordsLine(words, clock.now() - startedAt)),
      lastLineAt: () => lastLineAt,
      files: openFiles(env),
      description: descriptionOf(run.trigger, settings.description, randomBytes(3).toString('hex')),
      startVerifier: async (subject, told) => {
        const { startVerification } = await import('../verification/run-verification.ts')
        return startVerification({
          ...subject,
          ...told,
          clients: session.clients,
          optionalReads: session.optionalReads,
          env,
          clock,
          random,
          workspace: env.GITHUB_WORKSPACE ?? '.',
          k6Path: settings.k6Path,
          onProgress: (text) => log.info(text),
          monotonic: () => performance.now()
        })
      },
      checkJob: (longestMinutes) => checkJob(settings, env, clock.now(), longestMinutes),
      onOneOffTask: (taskArn, state) => run.onOneOffTask?.(taskArn, state),
      onDeployment: async (begun) => {
        await run.onDeployment(begun.followed)
        // A run that attaches has not started the deployment, so it writes no record of it.
        if (begun.isAttached) return
        await writeRecord(run, session.ledger, begun)
        await writeVerification(run, session.ledger, begun)
      }
    })
    return flow.catch((error: unknown) => endingOfError(error, draft, cancelled))
  }
}

/** The same log, which says whenever it writes a line that people see. */
function noting(log: Log, note: () => void): Log {
  return {
    ...log,
    info: (text) => {
      note()
      log.info(text)
    },
    warning: (text) => {
      note()
      log.warning(text)
    },
    error: (text) => {
      note()
      log.error(text)
    }
  }
}

/** If the ledger does not answer, the release is told in English rather than late. */
const LANGUAGE_LIMIT_MS = 5_000

async function voiceOfRun({ io, settings, onLanguage }: Run, { ledger }: Session): Promise<Voice> {
  const language =
    settings.language ?? (ledger && (await within(io.clock, LANGUAGE_LIMIT_MS, ledger.language())))
  if (language === undefined) return (work) => work()
  const voice = await voiceOf(language)
  onLanguage?.(language, voice)
  return voice
}

/**
 * If the record cannot be written, the release goes on. The gate then knows less about it,
 * and may refuse what it would otherwise allow.
 */
async function writeRecord(
  { draft, settings, trigger, log }: Run,
  ledger: Ledger | undefined,
  { followed, verification }: Begun
): Promise<void> {
  if (!ledger) return
  const record = releaseRecord(draft, settings, trigger, { followed, verification })
  if (!record) return
  try {
    await ledger.write(record)
  } catch (error) {
    const warning = say`the release's record could not be written to the ledger: ${explain(error)}`
    log.warning(warning)
    draft.warnings.push(warning)
  }
}

/**
 * If the file cannot be written, the functions ask nothing. Required evidence then never
 * comes, and the gate stays closed.
 */
async function writeVerification(
  { draft, settings, log }: Run,
  ledger: Ledger | undefined,
  { verification }: Begun
): Promise<void> {
  const { deployment } = draft
  if (settings.verifyFunction === undefined || !ledger || !deployment || !verification) return
  try {
    await ledger.writeVerification(deployment.id, verification.file)
  } catch (error) {
    const warning = say`the verification file could not be written to the ledger, so green will not be verified: ${explain(error)}`
    log.warning(warning)
    draft.warnings.push(warning)
  }
}

/** The ending of a release that this error has ended. */
export function endingOfError(error: unknown, draft: Draft, cancelled: AbortSignal): Ending {
  if (error instanceof Refused) return endedEarly('refused', error.problems)
  // From this phase on, CodeDeploy may have received CreateDeployment.
  const mayBeCreated = draft.timeline.some(
    (event) => event.kind === 'phase' && event.name === 'deploy'
  )
  if (draft.deployment || mayBeCreated) {
    return { ...endedEarly('unknown'), reason: explain(error) }
  }
  const { oneOffTask } = draft
  const mayRun = draft.timeline.some(
    (event) => event.kind === 'phase' && event.name === 'one-off-task'
  )
  if (mayRun && oneOffTask?.status !== 'STOPPED') {
    const name = oneOffTask ? ` ${shortName(oneOffTask.taskArn)}` : ''
    const sentence = say`${explain(error)}; the one-off task${name} may go on; nothing was deployed`
    return { ...endedEarly('unknown'), sentence }
  }
  if (cancelled.aborted) {
    const interrupted = {
      cause: 'cancel',
      done: 'stopped',
      reason: say`nothing was deployed`
    } as const
    return { ...endedEarly('stopped'), interrupted }
  }
  return endedEarly('refused', [explain(error)])
}
