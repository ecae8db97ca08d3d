import { newDraft } from '../release/draft.ts'
import { endedEarly } from '../release/ending.ts'
import { finish, reportOf } from './finish.ts'
import { InputError } from './inputs/problems.ts'
import { parseInputs, type ParsedInputs } from './inputs/parse.ts'
import { serviceInput } from './inputs/service.ts'
import type { Io } from './io.ts'
import { gitHubDeployment } from './github-deployment.ts'
import { createLog } from './log.ts'
import { outputsOf, setOutputs } from './outputs.ts'
import { runRelease } from './run-release.ts'
import {
  enterMain,
  forgetGitHubDeployment,
  saveDeployment,
  saveGitHubDeployment,
  settle
} from './state.ts'
import { triggerOf } from './trigger.ts'

/** The main phase: one release, from inputs to summary. Resolves when everything has been written. */
export async function main(io: Io): Promise<void> {
  const { core, env, clock } = io
  const log = createLog(core)
  const startedAt = clock.now()
  const trigger = triggerOf(env)
  enterMain(core)

  let inputs: ParsedInputs
  try {
    inputs = parseInputs(env)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    log.mask(error.secretsToMask)
    const { cluster, service } = serviceInput(
      { service: env.INPUT_SERVICE ?? '', cluster: env.INPUT_CLUSTER || undefined },
      () => undefined
    )
    const draft = newDraft(cluster, service)
    const ending = endedEarly(
      'refused',
      error.problems.map(({ message }) => message)
    )
    const times = { startedAt, endedAt: clock.now() }
    await finish(io, log, draft, reportOf(draft, ending, undefined, trigger, times))
    settle(core)
    return
  }

  const { settings } = inputs
  log.mask(inputs.secretsToMask)
  const draft = newDraft(settings.cluster, settings.service)
  const warn = (warning: string): void => {
    log.warning(warning)
    draft.warnings.push(warning)
  }
  inputs.warnings.forEach(warn)
  const asked = settings.dryRun ? undefined : settings.github
  const github =
    asked === undefined
      ? undefined
      : gitHubDeployment({
          ...asked,
          trigger,
          task: { service: settings.service, cluster: settings.cluster },
          warn,
          onMade: (id) => saveGitHubDeployment(core, { id, environmentUrl: asked.environmentUrl })
        })
  await github?.queued()
  const ending = await runRelease({
    io,
    log,
    settings,
    trigger,
    draft,
    startedAt,
    onDeployment: async () => {
      const { deployment, where, taskDefinition } = draft
      if (!deployment) return
      setOutputs(core, outputsOf({ deployment, taskDefinitionArn: taskDefinition?.arn }))
      saveDeployment(core, {
        deploymentId: deployment.id,
        application: where.application ?? '',
        deploymentGroup: where.deploymentGroup ?? '',
        cluster: settings.cluster,
        service: settings.service,
        onCancel: settings.onCancel,
        region: where.region,
        roleToAssume: settings.roleToAssume,
        roleSessionName: settings.roleSessionName
      })
      await github?.inProgress()
    }
  })
  const times = { startedAt, endedAt: clock.now() }
  const report = reportOf(draft, ending, settings, trigger, times)
  if (await github?.ended(report.outcome, report.headline)) forgetGitHubDeployment(core)
  await finish(io, log, draft, report)
  settle(core)
}
