import { newDraft } from '../release/draft.ts'
import { endedEarly, type Ending } from '../release/ending.ts'
import type { Report } from '../release/report.ts'
import { VERSION } from '../release/version.ts'
import type { Settings } from '../release/settings.ts'
import { finish, htmlOf, loadHtml, reportOf, type ToHtml } from './finish.ts'
import { InputError } from './inputs/problems.ts'
import { languageOf, parseInputs, type ParsedInputs } from './inputs/parse.ts'
import { serviceInput } from './inputs/service.ts'
import type { Io } from './io.ts'
import { gitHubDeployment, type GitHubDeployment } from './github-deployment.ts'
import { createLog } from './log.ts'
import { outputsOf, setOutputs } from './outputs.ts'
import { endingOfError, runRelease } from './run-release.ts'
import {
  enterMain,
  forgetGitHubDeployment,
  forgetOneOffTask,
  saveDeployment,
  saveGitHubDeployment,
  saveLanguage,
  saveOneOffTask,
  settle
} from './state.ts'
import { triggerOf } from './trigger.ts'
import { ENGLISH, say, voiceOf, type Voice } from '../words/say.ts'

/**
 * The main phase: one release, from inputs to summary. Resolves once everything has been
 * written, with whether the job passes. If the process exits before that, outcome, report
 * and summary are written as it exits.
 */
export async function main(io: Io): Promise<boolean> {
  const { core, env, clock } = io
  const log = createLog(core)
  const startedAt = clock.now()
  const trigger = triggerOf(env)
  // parseInputs reports the problems of these two inputs.
  const named = serviceInput(
    { service: env.INPUT_SERVICE ?? '', cluster: env.INPUT_CLUSTER || undefined },
    () => undefined
  )
  let draft = newDraft(named.cluster, named.service)
  /** What is known so far, for the code that reports the end. */
  const known: {
    settings?: Settings
    github?: GitHubDeployment
    ended?: Report
    voice: Voice
    toHtml?: ToHtml | undefined
  } = { voice: ENGLISH }
  const reportNow = (ending: Ending): Report =>
    reportOf(draft, ending, known.settings, trigger, { startedAt, endedAt: clock.now() })
  log.info(`ecs-gated-deploy ${VERSION}`)
  const spare = io.atExit(() => known.voice(endAtExit))
  enterMain(core)
  known.voice = await voiceOf(languageOf(env) ?? 'en')
  return known.voice(release)

  async function release(): Promise<boolean> {
    let inputs: ParsedInputs
    try {
      inputs = parseInputs(env)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      log.mask(error.secretsToMask)
      const problems = error.problems.map(({ message }) => message)
      return end(endedEarly('refused', problems))
    }

    const { settings } = inputs
    known.settings = settings
    const { cluster, service, onCancel, roleToAssume, roleSessionName } = settings
    log.mask(inputs.secretsToMask)
    draft = newDraft(cluster, service)
    const warn = (warning: string): void => {
      log.warning(warning)
      draft.warnings.push(warning)
    }
    inputs.warnings.forEach(warn)
    const asked = settings.dryRun ? undefined : settings.github
    if (asked) {
      known.github = gitHubDeployment({
        ...asked,
        trigger,
        task: { service, cluster },
        warn,
        onMade: (id) => saveGitHubDeployment(core, { id, environmentUrl: asked.environmentUrl })
      })
    }
    await known.github?.queued()
    const ending = await runRelease({
      io,
      log,
      settings,
      trigger,
      draft,
      startedAt,
      onLanguage: (language, voice) => {
        known.voice = voice
        saveLanguage(core, language)
      },
      onOneOffTask: (taskArn, state) => {
        if (state === 'ended') {
          forgetOneOffTask(core)
          return
        }
        const { oneOffTask, taskDefinition, where } = draft
        setOutputs(core, outputsOf({ oneOffTask, taskDefinitionArn: taskDefinition?.arn }))
        const { region } = where
        saveOneOffTask(core, { taskArn, cluster, region, onCancel, roleToAssume, roleSessionName })
      },
      onDeployment: async (followed) => {
        const { deployment, taskDefinition } = draft
        if (!deployment) return
        setOutputs(core, outputsOf({ deployment, taskDefinitionArn: taskDefinition?.arn }))
        saveDeployment(core, { followed, onCancel, roleToAssume, roleSessionName })
        // From now on the report is worth reading even if this process ends early, and a process
        // that exits can load nothing any more.
        known.toHtml = await loadHtml(log)
        await known.github?.inProgress()
      }
    })
    return known.voice(() => end(ending))
  }

  function endAtExit(): void {
    const report = known.ended ?? reportNow(brokenOff())
    finish(io, log, draft, report, htmlOf(log, report, known.toHtml))
    if (!known.ended) return
    // The release had ended, so the post phase has nothing to do.
    settle(core)
    log.fail(say`this process ended before it had told everybody of it`)
  }

  async function end(ending: Ending): Promise<boolean> {
    const report = reportNow(ending)
    known.ended = report
    if (await known.github?.ended(report.outcome, report.headline)) forgetGitHubDeployment(core)
    const html = htmlOf(log, report, known.toHtml ?? (await loadHtml(log)))
    // The end is written here, so it need not be written as the process exits.
    spare()
    const passes = finish(io, log, draft, report, html)
    settle(core)
    return passes
  }

  /**
   * The ending if the process exits early: an error has ended it, or nothing is left that the
   * release could wait for.
   */
  function brokenOff(): Ending {
    const hasRegistered = draft.timeline.some(
      (event) => event.kind === 'phase' && event.name === 'register'
    )
    const revision = hasRegistered ? say`, but for a revision that may have been registered` : ''
    const reason = say`this process ended before the release did`
    const ending = endingOfError(new Error(reason), draft, io.cancelled)
    return ending.outcome === 'refused'
      ? { ...ending, problems: [say`${reason}${revision}; run the job again`] }
      : { ...ending, reason, brokenOff: true }
  }
}
