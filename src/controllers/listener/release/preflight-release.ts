import type { Service } from '@aws-sdk/client-ecs'
import type { CheckResult } from '../../../release/report.ts'
import type { FailoverSettings, Settings } from '../../../release/settings.ts'
import { say } from '../../../words/say.ts'
import type { PlannedRevision } from '../../revision-plan.ts'
import { controllerOf } from '../../service.ts'
import { checkFailover } from '../preflight.ts'
import type { Course } from './legs.ts'
import { checkWaitFor, type Direction } from './plan.ts'
import type { DeployedFacts, Facts } from './survey.ts'

type Verdict = CheckResult['verdict']

export interface Planned {
  readonly facts: Facts
  readonly direction: Direction | string | undefined
  readonly course: Course | undefined
  readonly revision: PlannedRevision | undefined
  readonly hasGate: boolean
}

/** Everything that has to hold before a failover begins, all at once. Pure. */
export function preflight(
  settings: Settings,
  failover: FailoverSettings,
  planned: Planned
): CheckResult[] {
  const { facts, direction, hasGate } = planned
  const released = typeof direction === 'object' && direction.live === 0 ? 1 : 0
  const service = facts.deployed?.[released].service
  const willStart =
    typeof direction === 'object' && service && 'value' in service
      ? service.value.desiredCount
      : undefined
  return [
    ...checkFailover(facts, { minHealthy: failover.minHealthy, willStart }),
    ...checkDirection(failover, planned),
    ...checkServices(failover, facts, direction),
    ...checkNobodyElse(facts),
    ...checkGate(failover, hasGate),
    ...checkChange(settings, failover, planned),
    ...checkWaitFor(settings, failover, hasGate)
  ]
}

function checkDirection(
  { sides, finish }: FailoverSettings,
  { direction, course }: Planned
): CheckResult[] {
  const name = 'live traffic'
  if (direction === undefined) return []
  if (typeof direction === 'string') return [result(name, 'NG', direction)]
  const { live, isSplit, by, weights } = direction
  const [one, other] = sides
  const serving = sides[live].name
  const released = sides[live === 0 ? 1 : 0].name
  const end = finish === 'balanced' ? say`; then both sides share it evenly` : ''
  if (!isSplit) {
    const reason = say`${serving} serves, so ${released} is released and gets the traffic${end}`
    return course ? [result(name, 'OK', reason)] : []
  }
  const why =
    by === 'input' ? say`as \`first\` says` : say`which was deployed last, as the ledger says`
  const found = say`${one.name} ${weights[0]}, ${other.name} ${weights[1]}`
  const reason = say`both sides have traffic (${found}): all of it moves to ${serving} first, ${why}; then ${released} is released and gets it${end}`
  return [result(name, 'OK', reason)]
}

function checkServices(
  { sides }: FailoverSettings,
  { deployed, sides: groups }: Facts,
  direction: Direction | string | undefined
): CheckResult[] {
  if (deployed === undefined) return []
  return sides.flatMap(({ name, service = '' }, place) => {
    const facts = deployed[place === 0 ? 0 : 1]
    const group = groups[place === 0 ? 0 : 1]
    const isLive = typeof direction === 'object' && direction.live === place
    const problem = problemOf(facts, 'value' in group ? group.value.arn : undefined, isLive)
    return problem === undefined
      ? [result('service', 'OK', say`${name}: "${service}" is ACTIVE and steady`)]
      : [result('service', 'NG', say`${name}: ${problem}`)]
  })
}

function problemOf(
  { service }: DeployedFacts,
  targetGroup: string | undefined,
  isLive: boolean
): string | undefined {
  if (!('value' in service)) return service.missing
  const found = service.value
  const name = found.serviceName ?? '?'
  if (found.status !== 'ACTIVE') return say`"${name}" is ${found.status ?? '?'}`
  const controller = controllerOf(found)
  if (controller !== 'ECS') {
    return say`"${name}" is controlled by ${controller}; a failover deploys to services of the controller ECS alone`
  }
  const { strategy = 'ROLLING' } = found.deploymentConfiguration ?? {}
  if (strategy !== 'ROLLING') {
    return say`"${name}" deploys by ${strategy}, which moves traffic by itself; a failover needs ROLLING`
  }
  const groups = (found.loadBalancers ?? []).map(({ targetGroupArn }) => targetGroupArn)
  if (targetGroup !== undefined && !groups.includes(targetGroup)) {
    return say`"${name}" does not register its tasks with that target group, but with ${groups.map((arn) => arn?.split('/').at(-2) ?? '?').join(', ') || say`none`}`
  }
  return isMoving(found)
    ? isLive
      ? say`"${name}" serves, and a deployment of it is under way: wait until it has ended`
      : say`a deployment of "${name}" is under way: wait until it has ended`
    : undefined
}

function isMoving({ deployments = [] }: Service): boolean {
  return deployments.some(
    ({ status, rolloutState }) => status === 'PRIMARY' && rolloutState === 'IN_PROGRESS'
  )
}

function checkNobodyElse({ moving, before }: Facts): CheckResult[] {
  const name = 'active deployment'
  const all = [...(moving ?? []), ...(before?.active === undefined ? [] : [before.active])]
  if (all.length > 0) {
    const reason = say`somebody else moves traffic of these target groups: ${all.join(', ')}; wait until it has ended`
    return [result(name, 'NG', reason)]
  }
  if (moving === undefined) {
    return [result(name, 'SKIP', say`CodeDeploy's deployments may not be listed`)]
  }
  return [result(name, 'OK', say`none`)]
}

function checkGate({ asks }: FailoverSettings, hasGate: boolean): CheckResult[] {
  if (!hasGate) {
    const reason = say`nobody is asked by this action: without \`ledger-table\` there is no gate, and the job moves the traffic itself; a GitHub environment with required reviewers can ask before the job`
    return [result('gate', 'WARN', reason)]
  }
  const when =
    asks === 'once'
      ? say`before the first step`
      : asks === 'every-step'
        ? say`before every step`
        : say`before the steps ${asks.join(', ')}`
  return [result('gate', 'OK', say`a person is asked ${when}`)]
}

/** Whether there is anything to release. */
function checkChange(
  settings: Settings,
  { finish }: FailoverSettings,
  { revision, direction, facts }: Planned
): CheckResult[] {
  const name = 'change'
  if (revision === undefined || typeof direction !== 'object' || !facts.deployed) return []
  const running = facts.deployed[direction.live].running
  if (!('value' in running)) {
    return [result(name, 'SKIP', say`what serves now is not known: ${running.missing}`)]
  }
  const serving = running.value.arn.split('/').at(-1) ?? ''
  if (!revision.isRunning) {
    return [
      result(name, 'OK', say`the task definition is not that of ${serving}, which serves now`)
    ]
  }
  if (settings.forceNewDeployment || (finish === 'balanced' && !direction.isSplit)) {
    return [
      result(name, 'OK', say`none: ${serving}, which serves now, is deployed to the other side`)
    ]
  }
  const reason = say`nothing to release: ${serving} serves already; \`force-new-deployment: true\` releases the same revision again`
  return [result(name, 'NG', reason)]
}

function result(name: string, verdict: Verdict, reason: string): CheckResult {
  return { name, verdict, reason }
}
