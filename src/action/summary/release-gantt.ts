import { isTime } from '../../release/milestones.ts'
import { deployments } from '../../release/report-words.ts'
import type { DeploymentReport, Report } from '../../release/report.ts'
import type { Step } from '../../release/snapshot.ts'
import { say } from '../../words/say.ts'
import { gantt, type Task } from './gantt.ts'

/** The release's steps and green's share of traffic; undefined if no time is known. */
export function releaseGantt(report: Report): string | undefined {
  return gantt([
    ...deployments(report).map(({ name, deployment }) => ({
      name,
      tasks: deployment.steps.flatMap((event) => task(event, report.endedAt))
    })),
    {
      name: report.deployment?.sides
        ? say`Traffic of ${report.deployment.sides.to.name}`
        : say`Green traffic`,
      tasks: trafficTasks(report)
    }
  ])
}

function task({ name, status, startedAt, endedAt }: Step, now: number): Task[] {
  if (startedAt === undefined || !isTime(startedAt) || !isTime(endedAt ?? now)) return []
  const tag = status === 'Failed' ? 'crit' : endedAt === undefined ? 'active' : 'done'
  return [{ name, tag, from: startedAt, to: Math.max(startedAt, endedAt ?? now) }]
}

/** How long green had each share of production traffic. */
function trafficTasks(report: Report): Task[] {
  const { deployment } = report
  if (deployment === undefined) return []
  const steps = report.timeline.filter((event) => event.kind === 'traffic')
  const end = lastMoment(deployment, report)
  return steps.flatMap(({ at, green }, index): Task[] => {
    if (green <= 0 || !isTime(at)) return []
    const to = Math.max(at, steps[index + 1]?.at ?? end)
    return [{ name: `${Math.round(green)} %`, tag: green >= 100 ? 'done' : 'active', from: at, to }]
  })
}

function lastMoment(deployment: DeploymentReport, report: Report): number {
  return report.rollbackDeployment?.completedAt ?? deployment.completedAt ?? report.endedAt
}
