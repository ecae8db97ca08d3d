import type { AppSpec } from './model.ts'
import { AppSpecError } from './problems.ts'
import { say } from '../../../words/say.ts'

const REVISION_ARN = /^arn:[\w-]+:ecs:[\w-]+:\d{12}:task-definition\/[\w-]{1,255}:[1-9]\d*$/

/**
 * The AppSpec that releases exactly this revision. An ARN without a revision would make AWS
 * take the latest one, which may not be the one that was approved.
 */
export function withTaskDefinition(appSpec: AppSpec, arn: string): AppSpec {
  if (!REVISION_ARN.test(arn)) {
    throw new AppSpecError([
      say`TaskDefinition: found ${JSON.stringify(arn)}, wanted the ARN of one revision, arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`
    ])
  }
  return { ...appSpec, taskDefinition: arn }
}
