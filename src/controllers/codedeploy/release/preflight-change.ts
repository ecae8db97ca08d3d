import { nameOf } from '../../../aws/console-url.ts'
import { whyEmpty } from '../../../release/empty-input.ts'
import type { CheckResult } from '../../../release/report.ts'
import type { Settings } from '../../../release/settings.ts'
import { isEdited } from '../../../taskdef/render.ts'
import type { CodeDeployPlan } from './plan.ts'
import type { Facts } from './survey.ts'
import { say } from '../../../words/say.ts'

const NAME = 'change'

/**
 * Whether there is anything to release. The running revision once more would
 * pass for a release: it is refused unless `force-new-deployment` asks for it.
 */
export function checkChange(settings: Settings, facts: Facts, plan: CodeDeployPlan): CheckResult {
  const { running, active } = facts
  if (!('value' in running)) {
    return result(
      'SKIP',
      say`what runs now is not known, so nothing can be compared: ${running.missing}`
    )
  }
  const revision = nameOf(running.value.arn)
  const { revision: planned, appSpecChanges } = plan
  if (!planned.isRunning)
    return result('OK', say`the task definition is not that of ${revision}, which runs now`)
  if (appSpecChanges.length > 0) {
    return result(
      'OK',
      say`none to ${revision}, which runs now; the AppSpec changes ${appSpecChanges.join(', ')}`
    )
  }
  if (settings.forceNewDeployment) {
    return result(
      'OK',
      say`none: \`force-new-deployment\` asks for ${revision} again, which runs now`
    )
  }
  if (active !== undefined && mayStillCome(settings)) {
    return result(
      'SKIP',
      say`none to ${revision}, which runs now; looked at again once ${active.id} is dealt with`
    )
  }
  return result('NG', nothingToRelease(settings, facts, revision))
}

/**
 * Whether what becomes of the active deployment decides that there is something
 * to release: a re-run attaches to its own, and after another one has ended
 * something else may serve. Inputs that ask for what runs, whatever that is,
 * never will.
 */
function mayStillCome({ onActiveDeployment, ...settings }: Settings): boolean {
  if (onActiveDeployment === 'attach') return true
  return onActiveDeployment !== 'fail' && !asksForWhatRuns(settings)
}

function asksForWhatRuns({
  taskDefinition,
  edits
}: Pick<Settings, 'taskDefinition' | 'edits'>): boolean {
  return taskDefinition.kind === 'running' && !isEdited(edits)
}

function nothingToRelease(settings: Settings, { primary }: Facts, revision: string): string {
  const since = primary?.externalId?.startsWith('d-')
    ? say`, released by ${primary.externalId}`
    : ''
  return say`nothing to release: ${settings.service} runs ${revision} already${since}; ${causeOf(settings)}. Where this job runs again and an earlier attempt has released it, nothing is left to do; \`force-new-deployment: true\` releases the same revision again`
}

function causeOf(settings: Settings): string {
  if (asksForWhatRuns(settings)) {
    return say`\`task-definition\` is empty, and no other input changes anything: ${whyEmpty()}`
  }
  switch (settings.taskDefinition.kind) {
    case 'revision':
    case 'previous':
      return say`the revision that \`rollback-to\` names says the same`
    case 'file':
    case 'reference':
    case 'running':
      return say`what the inputs ask for says the same. An image that was pushed again under the same tag is no change that can be seen here: name it by its digest`
  }
}

function result(verdict: CheckResult['verdict'], reason: string): CheckResult {
  return { name: NAME, verdict, reason }
}
