import { decidedBy, type GateDecision } from '../release/decision.ts'
import { duration } from '../release/elapsed.ts'
import { passes } from '../release/outcome.ts'
import { count, shortName, utcTime } from '../release/report-words.ts'
import type { DeploymentReport, Report } from '../release/report.ts'
import { stageOf } from '../release/snapshot.ts'
import { shares } from '../release/traffic-columns.ts'
import { say } from '../words/say.ts'

/** One of the figures that a reader sees first. Plain text: whoever shows it escapes it. */
export interface Tile {
  readonly label: string
  readonly value: string
  readonly detail: string | undefined
  readonly kind: 'good' | 'attention' | 'bad' | 'plain'
}

/**
 * Five figures that say how a release went, the same on report and summary: traffic now,
 * requests failed, decision, time to the shift, rollback. Empty if nothing was deployed,
 * because then nothing of this has happened.
 */
export function glance(report: Report): readonly Tile[] {
  const { deployment } = report
  if (deployment === undefined) return []
  return [
    onSides(report, deployment) ?? trafficNow(report, deployment),
    requestsFailed(report),
    decision(report, deployment),
    timeToShift(report, deployment),
    rollback(report, deployment)
  ]
}

/** A failover names its sides. Undefined for every other release. */
function onSides(report: Report, { sides: seen }: DeploymentReport): Tile | undefined {
  const sides = report.rollbackDeployment?.sides ?? seen
  if (!sides) return undefined
  const { from, to } = sides
  const shared = [from, to].filter(({ share }) => share > 0)
  const isReleased = report.outcome === 'released'
  return {
    label: say`Traffic now`,
    value: shared
      .map(({ name, share }) => `${name} ${Math.round(share * 10) / 10}\u00A0%`)
      .join(', '),
    detail: undefined,
    kind: isReleased ? 'good' : shared.length === 1 ? 'plain' : 'attention'
  }
}

function trafficNow(report: Report, { traffic }: DeploymentReport): Tile {
  const label = say`Traffic now`
  const known = shares(report).at(-1)?.green ?? traffic?.green
  // A rollback that has succeeded has put everything back, whether or not a poll saw it.
  const green = report.rollback === 'succeeded' ? 0 : known
  if (green === undefined) {
    return { label, value: say`not known`, detail: undefined, kind: 'attention' }
  }
  const { arn, runningArn } = report.taskDefinition ?? {}
  const isWhole = green === 0 || green === 100
  const on = green === 0 ? runningArn : green === 100 ? arn : undefined
  return {
    label,
    value: green === 0 ? say`100 % blue` : say`${Math.round(green * 10) / 10} % green`,
    detail: on === undefined ? undefined : shortName(on),
    kind: report.outcome === 'released' ? 'good' : isWhole ? 'plain' : 'attention'
  }
}

function requestsFailed({ evidence }: Report): Tile {
  const label = say`Requests failed`
  const found = evidence.filter((each) => each.section === 'availability')
  const total = found.reduce((sum, each) => sum + each.total, 0)
  const failed = found.reduce((sum, each) => sum + each.failed, 0)
  if (total === 0) {
    return { label, value: say`not measured`, detail: undefined, kind: 'plain' }
  }
  const isBad = found.some(({ verdict }) => verdict === 'failed')
  return {
    label,
    value: say`${count(failed)}\u00A0of\u00A0${count(total)}`,
    detail: failed === 0 ? undefined : isBad ? say`over the limit` : say`within the limits`,
    kind: isBad ? 'bad' : failed === 0 ? 'good' : 'attention'
  }
}

function decision(report: Report, deployment: DeploymentReport): Tile {
  const label = say`Decision`
  const { decision: found, approval } = report
  if (found === undefined) {
    const gate = stageOf(deployment, 'gate')
    const after = tookFor(gate?.startedAt, gate?.endedAt)
    return { label, ...withoutLedger(approval), detail: after && say`after ${after}` }
  }
  const after = tookFor(found.openedAt, found.decidedAt)
  const glass = found.breakGlass ? say`break-glass` : undefined
  const by = names(found)
  return {
    label,
    value: DECIDED[found.state](),
    detail: listed([glass, by && say`by ${by}`, after && say`after ${after}`]),
    kind: found.state === 'APPROVED' ? (found.breakGlass ? 'attention' : 'good') : kindOf(found)
  }
}

function kindOf({ state }: GateDecision): Tile['kind'] {
  return state === 'PENDING' ? 'plain' : 'bad'
}

const DECIDED: Readonly<Record<GateDecision['state'], () => string>> = {
  PENDING: () => say`not decided`,
  APPROVED: () => say`approved`,
  REJECTED: () => say`rejected`,
  EXPIRED: () => say`expired`,
  FAILED: () => say`nobody could be asked`,
  WITHDRAWN: () => say`withdrawn`
}

function withoutLedger(approval: Report['approval']): Pick<Tile, 'value' | 'kind'> {
  switch (approval) {
    case 'approved':
      return { value: say`approved`, kind: 'good' }
    case 'rejected':
      return { value: say`rejected`, kind: 'bad' }
    case 'expired':
      return { value: say`expired`, kind: 'bad' }
    case 'pending':
      return { value: say`not decided`, kind: 'plain' }
    case 'not-required':
      return { value: say`none needed`, kind: 'plain' }
  }
}

/** Names without ids, because a tile is narrow; the section of the decision has both. */
function names(found: GateDecision): string | undefined {
  if (found.by.length > 0) return found.by.map(({ name }) => name).join(', ')
  return decidedBy(found)
}

function timeToShift({ startedAt, endedAt }: Report, { trafficShiftedAt }: DeploymentReport): Tile {
  const label = say`Start to shifted`
  return trafficShiftedAt === undefined
    ? {
        label,
        value: say`not shifted`,
        detail: say`ended after ${duration(endedAt - startedAt)}`,
        kind: 'plain'
      }
    : {
        label,
        value: duration(trafficShiftedAt - startedAt),
        detail: say`at ${utcTime(trafficShiftedAt)} UTC`,
        kind: 'plain'
      }
}

function rollback(report: Report, { state }: DeploymentReport): Tile {
  const label = say`Rollback`
  const made = report.rollbackDeployment
  const took = tookFor(made?.createdAt, made?.completedAt)
  switch (report.rollback) {
    case 'succeeded':
      return { label, value: say`succeeded`, detail: took && say`in ${took}`, kind: 'good' }
    case 'in-progress':
      return { label, value: say`in progress`, detail: undefined, kind: 'attention' }
    case 'failed':
      return { label, value: say`failed`, detail: say`look at the service now`, kind: 'bad' }
    case 'none': {
      const isOver = state === 'failed' || state === 'stopped'
      return isOver && !passes(report.outcome)
        ? { label, value: say`none`, detail: say`nothing was put back`, kind: 'bad' }
        : { label, value: say`none`, detail: undefined, kind: 'plain' }
    }
  }
}

function tookFor(from: number | undefined, until: number | undefined): string | undefined {
  return from === undefined || until === undefined ? undefined : duration(until - from)
}

function listed(parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter((part) => part !== undefined && part !== '')
  return known.length === 0 ? undefined : known.join(', ')
}
