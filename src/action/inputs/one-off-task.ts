import type { Problem } from './problems.ts'
import { INPUTS } from './table.ts'

/**
 * The official deploy action runs the task before it deploys, and with
 * `wait-for-task-stopped` it deploys only if the task has succeeded. This action runs no
 * task, so it refuses these inputs instead of releasing without the task.
 */
export function refuseOneOffTask(
  runTask: boolean | undefined,
  problem: (problem: Problem) => void
): void {
  if (runTask !== true) return
  problem({
    input: INPUTS.runTask.name,
    value: 'true',
    message:
      '`run-task: true` asks for a task that runs before the release, which this action does not start, and it does not release without it. Let a step before this one run it: `uses: aws-actions/amazon-ecs-deploy-task-definition@v2` with `task-definition`, `cluster` and all the `run-task` inputs, and without `service`, which runs the task and deploys nothing; with `wait-for-task-stopped: true` that step fails if the task does. Then remove these inputs here.'
  })
}
