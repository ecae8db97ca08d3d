import { say } from '../words/say.ts'
import type { GateDecision } from './decision.ts'
import { failureOf } from './one-off-task.ts'
import { decisionWords } from './report-words.ts'
import type { DeploymentReport, Report } from './report.ts'
import { stageOf, type Step } from './snapshot.ts'

/** A turning point of the release, to be marked on a time axis. */
export interface Milestone {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly what: string
  /** `bad`: something went wrong at this point. */
  readonly kind: 'plain' | 'good' | 'bad'
}

/** The known turning points in the order of time. A time that no date can express is left out. */
export function milestones(report: Report): readonly Milestone[] {
  const { deployment, rollbackDeployment } = report
  return [
    ...ofTask(report),
    ...(deployment ? ofDeployment(deployment, report) : []),
    ...(rollbackDeployment ? ofRollback(rollbackDeployment) : []),
    ...report.timeline.flatMap((event) =>
      event.kind === 'interrupted'
        ? moment(event.at, say`Interrupted (${event.cause}): ${event.action}`, 'bad')
        : []
    )
  ]
    .filter(({ at }) => isTime(at))
    .sort((one, other) => one.at - other.at)
}

/** Whether a date can express this time, with room for arithmetic. */
export function isTime(at: number): boolean {
  return Math.abs(at) < 8e15
}

function ofTask({ oneOffTask: task }: Report): Milestone[] {
  if (!task) return []
  const why = failureOf(task)
  return [
    ...moment(task.startedAt ?? task.createdAt, say`One-off task begins`, 'plain'),
    ...(why === undefined
      ? moment(task.stoppedAt, say`One-off task succeeded`, 'good')
      : moment(task.stoppedAt, say`One-off task failed`, 'bad'))
  ]
}

function ofDeployment(made: DeploymentReport, { decision, approval }: Report): Milestone[] {
  const gate = stageOf(made, 'gate')
  const shift = stageOf(made, 'shift')
  const isGated = decision !== undefined || approval !== 'not-required'
  const failed = made.steps.find(({ stage, status }) => status === 'Failed' && stage !== 'gate')
  const end = made.state === 'succeeded' ? 'good' : 'bad'
  return [
    ...moment(made.createdAt, say`Deployment created`, 'plain'),
    ...moment(stageOf(made, 'test-traffic')?.endedAt, say`Green serves the test listener`, 'plain'),
    ...(isGated ? moment(decision?.openedAt ?? gate?.startedAt, say`Gate opened`, 'plain') : []),
    ...(isGated ? decided(decision?.decidedAt ?? gate?.endedAt, decision?.state, gate) : []),
    ...moment(shift?.startedAt, say`Traffic begins to move`, 'plain'),
    ...moment(
      made.trafficShiftedAt,
      say`All traffic on ${made.sides?.to.name ?? say`green`}`,
      'good'
    ),
    ...(failed ? moment(failed.endedAt, say`${failed.name} failed`, 'bad') : []),
    ...moment(made.completedAt, endOfDeployment(made), end)
  ]
}

function decided(
  at: number | undefined,
  state: GateDecision['state'] | undefined,
  gate: Pick<Step, 'status'> | undefined
): Milestone[] {
  if (state !== undefined) {
    return moment(at, decisionWords(state), state === 'APPROVED' ? 'good' : 'bad')
  }
  const passed = gate?.status === 'Succeeded'
  return moment(at, passed ? say`Gate passed` : say`Gate failed`, passed ? 'good' : 'bad')
}

function ofRollback(made: DeploymentReport): Milestone[] {
  return [
    ...moment(made.createdAt, say`Rollback begins`, 'bad'),
    ...moment(made.completedAt, endOfRollback(made), made.state === 'succeeded' ? 'good' : 'bad')
  ]
}

function endOfDeployment({ state, status }: DeploymentReport): string {
  switch (state) {
    case 'succeeded':
      return say`Deployment succeeded`
    case 'failed':
      return say`Deployment failed`
    case 'stopped':
      return say`Deployment stopped`
    default:
      return say`Deployment: ${status}`
  }
}

function endOfRollback({ state, status }: DeploymentReport): string {
  switch (state) {
    case 'succeeded':
      return say`Rollback succeeded`
    case 'failed':
      return say`Rollback failed`
    case 'stopped':
      return say`Rollback stopped`
    default:
      return say`Rollback: ${status}`
  }
}

function moment(at: number | undefined, what: string, kind: Milestone['kind']): Milestone[] {
  return at === undefined ? [] : [{ at, what, kind }]
}
