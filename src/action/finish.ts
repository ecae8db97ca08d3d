import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeError } from '../aws/errors.ts'
import type { Draft } from '../release/draft.ts'
import type { Ending } from '../release/ending.ts'
import { fullyShiftedIn } from '../release/draft.ts'
import { headline } from '../release/headline.ts'
import { reportToJson } from '../release/report-json.ts'
import { trafficMoved } from '../release/traffic-moved.ts'
import { passes } from '../release/outcome.ts'
import type { Report, Trigger } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import type { Io } from './io.ts'
import type { Log } from './log.ts'
import { outputsOf, setOutputs } from './outputs.ts'
import { renderSummary } from './summary/render.ts'
import { say } from '../words/say.ts'

/** Makes the report, which people and later jobs read, from an ending. */
export function reportOf(
  draft: Draft,
  ending: Ending,
  settings: Settings | undefined,
  trigger: Trigger,
  times: { readonly startedAt: number; readonly endedAt: number }
): Report {
  const { outcome, rollback, problems, reason, interrupted, brokenOff, sentence: said } = ending
  const { deployment, where } = draft
  const failed = deployment?.steps.find((event) => event.status === 'Failed')
  const sentence = headline({
    outcome,
    rollback,
    service: where.service,
    cluster: where.cluster,
    lookWith: draft.followed?.lookWith,
    revision: revisionName(draft),
    deploymentId: deployment?.id,
    rollbackDeploymentId: draft.rollbackDeployment?.id,
    goal: settings?.waitFor ?? 'completed',
    hasLedger: settings?.ledgerTable !== undefined,
    decision: draft.decision,
    trafficMoved: trafficMoved(draft),
    failedEvent: failed?.name,
    failedAtGate: failed?.stage === 'gate',
    finding: draft.diagnosis?.finding,
    reason,
    interrupt: interrupted &&
      settings && {
        cause: interrupted.cause,
        done: interrupted.done,
        policy: interrupted.cause === 'cancel' ? settings.onCancel : settings.onTimeout,
        waitForMinutes: settings.waitForMinutes,
        trafficFullyShifted: fullyShiftedIn(draft)
      },
    isFailover: where.sides !== undefined,
    sides: deployment?.sides,
    brokenOff: brokenOff === true ? settings?.onCancel : undefined,
    problems,
    sentence: said
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
    oneOffTask: draft.oneOffTask,
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

/** Makes the HTML report. */
export type ToHtml = (report: Report) => string

/** Loads the code of the HTML report; undefined if that fails, which is a warning. */
export async function loadHtml(log: Log): Promise<ToHtml | undefined> {
  try {
    return (await import('../report-html/render.ts')).reportToHtml
  } catch (error) {
    log.warning(notMade(error))
    return undefined
  }
}

/** The HTML report; undefined if its code is not there, or if it could not be made. */
export function htmlOf(log: Log, report: Report, toHtml: ToHtml | undefined): string | undefined {
  try {
    return toHtml?.(report)
  } catch (error) {
    log.warning(notMade(error))
    return undefined
  }
}

function notMade(error: unknown): string {
  return say`The HTML report could not be made: ${describeError(error)}`
}

/**
 * Writes outputs, report files and job summary, and fails the job if the outcome says so. It
 * writes synchronously, so that a process can call it as it exits. If a report or the
 * summary cannot be written, that is a warning, because it does not change the release. If
 * the outputs cannot be written, the job fails, because later steps would read an empty
 * outcome. Returns whether the job passes.
 */
export function finish(
  { core, env }: Pick<Io, 'core' | 'env'>,
  log: Log,
  draft: Draft,
  report: Report,
  html: string | undefined
): boolean {
  const attempt = (what: string, write: () => void): boolean => {
    try {
      write()
      return true
    } catch (error) {
      log.warning(say`${what} could not be written: ${describeError(error)}`)
      return false
    }
  }
  let renderedPath: string | undefined
  let reportPath: string | undefined
  let htmlPath: string | undefined
  attempt(say`The report`, () => {
    const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'ecs-gated-deploy-'))
    const keep = (name: string, text: string): string => {
      const path = join(folder, name)
      // The task definition contains environment values in the clear, so only this user may read
      // it.
      writeFileSync(path, text, { mode: 0o600 })
      return path
    }
    if (draft.rendered !== undefined) {
      renderedPath = keep('task-definition.json', `${JSON.stringify(draft.rendered, null, 2)}\n`)
    }
    reportPath = keep('report.json', reportToJson(report))
    if (html !== undefined) htmlPath = keep('report.html', html)
  })
  const told = attempt(say`The outputs`, () =>
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
  attempt(say`The job summary`, () => appendSummary(env, renderSummary(report)))
  const said = `${report.outcome}: ${report.headline}${listed(report.problems)}`
  if (!passes(report.outcome)) log.fail(said)
  else if (told) log.info(said)
  else log.fail(say`the outputs could not be written, so later steps do not know of it; ${said}`)
  return passes(report.outcome) && told
}

/**
 * The runner shows what a step's summary file contains at the step's end (GitHub, "Adding a
 * job summary").
 */
function appendSummary({ GITHUB_STEP_SUMMARY: file = '' }: Io['env'], text: string): void {
  if (file === '')
    throw new Error(say`GITHUB_STEP_SUMMARY is not set: this runner shows no summaries`)
  appendFileSync(file, text)
}

/** The headline already contains a single problem. */
function listed(problems: readonly string[]): string {
  return problems.length > 1 ? `\n${problems.map((problem) => `- ${problem}`).join('\n')}` : ''
}
