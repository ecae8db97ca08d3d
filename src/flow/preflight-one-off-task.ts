import type { RevisionPlan } from '../controllers/control-plane.ts'
import type { CheckResult } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import { oneOffTaskMinutes } from './one-off-task.ts'
import { say } from '../words/say.ts'

/** Checks what can be told of the one-off task before it is started. Pure. */
export function checkOneOffTask(
  settings: Settings,
  revision: RevisionPlan | undefined
): CheckResult[] {
  const { oneOffTask: task } = settings
  if (!task) return []
  const name = say`one-off task`
  if (!revision) {
    const reason = say`this control plane registers no revision that the task could run`
    return [{ name, verdict: 'NG', reason }]
  }
  const problems = problemsOf(task, revision)
  if (problems.length > 0) return problems.map((reason) => ({ name, verdict: 'NG', reason }))
  const where =
    task.launchType ??
    task.capacityProviderStrategy.map(({ capacityProvider = '' }) => capacityProvider).join(', ')
  const overridden = task.containerOverrides.map((override) => override.name ?? '')
  const changed = overridden.length === 0 ? '' : say`, with overrides of ${overridden.join(', ')}`
  const reason = say`one task of the revision runs on ${where}${changed}; the deployment is started once every container has ended with exit code 0, within ${oneOffTaskMinutes(settings)} min`
  return [{ name, verdict: 'OK', reason }]
}

function problemsOf(
  task: NonNullable<Settings['oneOffTask']>,
  { registration }: RevisionPlan
): string[] {
  const { networkMode, requiresCompatibilities = [], volumes = [] } = registration
  const names = (registration.containerDefinitions ?? []).map((container) => container.name ?? '')
  const { launchType, subnets, volume } = task
  const unknown = task.containerOverrides
    .map((override) => override.name ?? '')
    .filter((container) => !names.includes(container))
  return [
    ...unknown.map(
      (container) =>
        say`\`run-task-container-overrides\` names the container "${container}", and the task definition has ${names.join(', ')}; correct the name`
    ),
    ...(networkMode === 'awsvpc' && subnets.length === 0
      ? [
          say`the network mode awsvpc needs a network of its own for the task, which it does not take from the service; set \`run-task-subnets\`, and \`run-task-security-groups\` where the default one is not meant`
        ]
      : []),
    ...(networkMode !== 'awsvpc' && subnets.length > 0
      ? [
          say`\`run-task-subnets\` needs the network mode awsvpc, and the task definition has ${networkMode ?? say`none, which is bridge`}; remove \`run-task-subnets\``
        ]
      : []),
    ...(launchType !== undefined && !mayRunOn(launchType, requiresCompatibilities, networkMode)
      ? [
          say`the task would run on ${launchType}${launchType === 'FARGATE' ? say` (the default of \`run-task-launch-type\`)` : ''}, and the task definition is for ${requiresCompatibilities.join(', ') || 'EC2'}; correct \`run-task-launch-type\``
        ]
      : []),
    ...(volume && !volumes.some((each) => each.name === volume.name && each.configuredAtLaunch)
      ? [
          say`\`run-task-managed-ebs-volume-name\` names "${volume.name}", and the task definition has no such volume with configuredAtLaunch; correct the name, or add the volume`
        ]
      : [])
  ]
}

/** Fargate runs awsvpc alone (ECS developer guide, "Network mode"). */
function mayRunOn(
  launchType: string,
  compatibilities: readonly string[],
  networkMode: string | undefined
): boolean {
  if (launchType === 'FARGATE' && networkMode !== 'awsvpc') return false
  return compatibilities.length === 0 || compatibilities.includes(launchType)
}
