import type { Task } from '@aws-sdk/client-ecs'
import { say } from '../words/say.ts'
import type { OneOffTaskReport } from './report.ts'

/** What is shown of the task; nothing of its overrides, which may hold secrets. */
export function oneOffTaskReport(
  task: Task,
  taskArn: string,
  consoleUrl: string
): OneOffTaskReport {
  return {
    taskArn,
    status: task.lastStatus ?? 'UNKNOWN',
    createdAt: task.createdAt?.getTime(),
    startedAt: task.startedAt?.getTime(),
    stoppedAt: task.stoppedAt?.getTime(),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    containers: (task.containers ?? []).map(({ name = 'unnamed', exitCode, reason }) => ({
      name,
      exitCode,
      reason
    })),
    consoleUrl
  }
}

/**
 * Why a task that has ended has not succeeded; undefined if it has. Every container has to
 * have ended with exit code 0, as in the official deploy action. A task that somebody or
 * something has stopped has not done its work, whatever its exit codes are.
 */
export function failureOf({
  stopCode,
  stoppedReason,
  containers
}: Pick<OneOffTaskReport, 'stopCode' | 'stoppedReason' | 'containers'>): string | undefined {
  const wasStopped = stopCode !== undefined && stopCode !== 'EssentialContainerExited'
  const failed = containers.filter(({ exitCode }) => exitCode !== 0)
  if (!wasStopped && failed.length === 0 && containers.length > 0) return undefined
  const parts = [
    ...(wasStopped ? [[stopCode, stoppedReason].filter(isSaid).join(': ')] : []),
    ...failed.map(({ name, exitCode, reason }) => {
      const end =
        exitCode === undefined
          ? say`container ${name} has no exit code`
          : say`container ${name} ended with exit code ${exitCode}`
      // ECS repeats the task's reason at the container that has caused it.
      return isSaid(reason) && reason !== stoppedReason ? `${end} (${reason})` : end
    })
  ]
  return parts.length > 0 ? parts.join('; ') : say`ECS shows no container of it`
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}
