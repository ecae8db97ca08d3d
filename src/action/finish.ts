import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeError } from '../aws/errors.ts'
import type { Draft } from '../release/draft.ts'
import type { Ending } from '../release/ending.ts'
import { fullyShiftedIn } from '../release/draft.ts'
import { headline } from '../release/headline.ts'
import { reportToJson } from '../release/report-json.ts'
import { passes } from '../release/outcome.ts'
import type { Report, Trigger } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { Io } from './io.ts'
import type { Log } from './log.ts'
import { outputsOf, setOutputs } from './outputs.ts'
import { renderSummary } from './summary/render.ts'

/** Turns an ending into what people and later jobs read. */
export function reportOf(
  draft: Draft,
  ending: Ending,
  settings: Settings | undefined,
  trigger: Trigger,
  times: { readonly startedAt: number; readonly endedAt: number }
): Report {
  const { outcome, rollback, problems, reason, interrupted } = ending
  const { deployment, where } = draft
  const sentence = headline({
    outcome,
    rollback,
    service: where.service,
    cluster: where.cluster,
    region: where.region,
    revision: revisionName(draft),
    deploymentId: deployment?.id,
    rollbackDeploymentId: draft.rollbackDeployment?.id,
    goal: settings?.waitFor ?? 'completed',
    decision: draft.decision,
    trafficMoved: deployment?.traffic && deployment.traffic.green > 0,
    failedEvent: deployment?.lifecycle.find((event) => event.status === 'Failed')?.name,
    reason,
    interrupt: interrupted &&
      settings && {
        cause: interrupted.cause,
        done: interrupted.done,
        policy: interrupted.cause === 'cancel' ? settings.onCancel : settings.onTimeout,
        waitForMinutes: settings.waitForMinutes,
        trafficFullyShifted: fullyShiftedIn(draft)
      },
    problems
  })
  return {
    outcome,
    rollback,
    approval: ending.approval,
    decision: draft.decision,
    headline: sentence,
    diagnosis: draft.diagnosis,
    problems,
    evidence: draft.evidence,
    announced: draft.announced,
    warnings: draft.warnings,
    trigger,
    where,
    taskDefinition: draft.taskDefinition,
    preflight: draft.preflight,
    appSpec: draft.appSpec,
    deployment,
    rollbackDeployment: draft.rollbackDeployment,
    timeline: draft.timeline,
    ...times
  }
}

function revisionName({ taskDefinition }: Draft): string | undefined {
  return taskDefinition?.arn?.split('/').at(-1)
}

/**
 * Writes outputs, report file and job summary, and fails the job where the
 * outcome says so. A file that cannot be written is a warning: the release is
 * what it is.
 */
export async function finish(io: Io, log: Log, draft: Draft, report: Report): Promise<void> {
  const { core, env } = io
  const attempt = async (what: string, write: () => Promise<void>): Promise<void> => {
    try {
      await write()
    } catch (error) {
      log.warning(`${what} could not be written: ${describeError(error)}`)
    }
  }
  let renderedPath: string | undefined
  let reportPath: string | undefined
  let htmlPath: string | undefined
  await attempt('The report', async () => {
    const folder = await mkdtemp(join(env.RUNNER_TEMP ?? tmpdir(), 'ecs-gated-deploy-'))
    const keep = async (name: string, text: string): Promise<string> => {
      const path = join(folder, name)
      // The task definition holds environment values as they are: for this user alone.
      await writeFile(path, text, { mode: 0o600 })
      return path
    }
    const [rendered, json] = await Promise.all([
      draft.rendered === undefined
        ? undefined
        : keep('task-definition.json', `${JSON.stringify(draft.rendered, null, 2)}\n`),
      keep('report.json', reportToJson(report))
    ])
    renderedPath = rendered
    reportPath = json
    await attempt('The HTML report', async () => {
      const { reportToHtml } = await import('../report-html/render.ts')
      htmlPath = await keep('report.html', reportToHtml(report))
    })
  })
  await attempt('The outputs', async () =>
    setOutputs(
      core,
      outputsOf({
        ...report,
        taskDefinitionArn: draft.taskDefinition?.arn,
        renderedPath,
        reportPath,
        htmlPath
      })
    )
  )
  await attempt('The job summary', async () => {
    await core.summary.addRaw(renderSummary(report)).write()
  })
  if (passes(report.outcome)) log.info(`${report.outcome}: ${report.headline}`)
  else log.fail(`${report.outcome}: ${report.headline}${listed(report.problems)}`)
}

/** A single problem is already in the headline. */
function listed(problems: readonly string[]): string {
  return problems.length > 1 ? `\n${problems.map((problem) => `- ${problem}`).join('\n')}` : ''
}
