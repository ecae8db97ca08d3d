import { checkName } from './check-names.ts'
import { say } from '../words/say.ts'
import type { ChecklistItem } from './checklist-words.ts'
import * as measured from './checklist-measured.ts'
import { asClause } from './clause.ts'
import { decidedBy } from './decision.ts'
import type { AvailabilityEvidence } from './evidence.ts'
import { drainedInWords } from './drained-words.ts'
import { reasonWords } from './own-reason.ts'
import type { Report } from './report.ts'
import { verdictWords } from './report-words.ts'
import { stageOf, type SideShares } from './snapshot.ts'
import { trafficMoved } from './traffic-moved.ts'

type State = Omit<ChecklistItem, 'what'>

/**
 * Whether each part of a release was done. Summary, HTML report and JSON report all show it,
 * so it is derived from the report alone.
 */
export function checklist(report: Report): readonly ChecklistItem[] {
  const unreached = notReached(report)
  return [
    { what: 'preflight', ...preflight(report) },
    ...STEPS.map(([what, state]) => ({ what, ...(unreached ?? state(report)) })),
    ...rollback(report)
  ]
}

const STEPS: readonly (readonly [ChecklistItem['what'], (report: Report) => State])[] = [
  ['green-asked', greenAsked],
  ['required-evidence', requiredEvidence],
  ['recovery', measured.recovery],
  ['metrics', measured.figures],
  ['alarms', measured.alarms],
  ['approval', approval],
  ['shift', shift],
  ['replacement', measured.replacement],
  ['availability', availability],
  ['old-tasks', oldTasks]
]

function notReached({ deployment, outcome, timeline }: Report): State | undefined {
  if (deployment !== undefined) return undefined
  if (outcome === 'planned') return skipped(say`a dry run`)
  const phases = timeline.flatMap((event) => (event.kind === 'phase' ? [event.name] : []))
  // It is known that nothing was deployed, even if the end of the one-off task is not.
  if (phases.includes('one-off-task') && !phases.includes('deploy')) {
    return skipped(say`the release did not come to that`)
  }
  return outcome === 'unknown'
    ? open(say`not known`)
    : skipped(say`the release did not come to that`)
}

function preflight({ preflight: found }: Report): State {
  if (found.length === 0) return open(say`it did not come to that`)
  const bad = found.filter(({ verdict }) => verdict === 'NG').map(({ name }) => checkName(name))
  if (bad.length > 0) return { state: 'failed', detail: bad.join(', ') }
  const warned = found
    .filter(({ verdict }) => verdict === 'WARN')
    .map(({ name }) => checkName(name))
  const unseen = found.filter(({ verdict }) => verdict === 'SKIP').length
  const passed = say`${found.length - unseen - warned.length} of ${found.length} checks OK`
  if (warned.length > 0) return { state: 'attention', detail: `${passed}; ${warned.join(', ')}` }
  return done(unseen === 0 ? passed : say`${passed}, ${unseen} could not be looked up`)
}

function greenAsked({ evidence, announced, where }: Report): State {
  const asked = evidence.filter(({ section }) => ['checks', 'flow', 'load'].includes(section))
  const missing = neverCame(evidence, announced)
  if (asked.length === 0) {
    if (missing.length > 0)
      return open(say`never came: ${missing.map(({ name }) => name).join(', ')}`)
    return skipped(
      where.hasTestListener === false ? say`no test listener` : say`nothing was to be asked`
    )
  }
  const answered = asked.filter(({ verdict }) => verdict !== 'unknown')
  const names = asked.map(({ name }) => name).join(', ')
  if (answered.length === asked.length) return done(names)
  return open(say`${answered.length} of ${asked.length} could be asked: ${names}`)
}

function requiredEvidence({ evidence, announced, outcome }: Report): State {
  const required = evidence.filter((each) => each.required)
  const missing = neverCame(evidence, announced).filter((each) => each.required)
  if (required.length + missing.length === 0) return skipped(say`nothing is required`)
  const bad = required.filter(({ verdict }) => verdict !== 'passed')
  if (bad.length + missing.length === 0) {
    return done(required.map(({ name }) => name).join(', '))
  }
  // The job ended before the deployment did, so the evidence may still come.
  if (bad.length === 0 && (outcome === 'started' || outcome === 'unknown')) {
    return open(say`not there when this job ended: ${missing.map(({ name }) => name).join(', ')}`)
  }
  return {
    state: 'failed',
    detail: [
      ...bad.map(({ name, verdict, summary }) => `${name} ${verdictWords(verdict)}: ${summary}`),
      ...missing.map(({ name }) => say`${name} never came`)
    ].join('; ')
  }
}

function neverCame(
  evidence: Report['evidence'],
  announced: Report['announced']
): Report['announced'] {
  const came = new Set(evidence.map(({ name }) => name))
  return announced.filter(({ name }) => !came.has(name))
}

function approval({ approval: said, decision }: Report): State {
  if (said === 'not-required') return skipped(say`no gate`)
  // If the ledger has no end of it, the control plane's word counts.
  if (!decision || decision.state === 'PENDING') {
    switch (said) {
      case 'approved':
        return done(say`who it was is not known without a ledger`)
      case 'pending':
        return open(say`not decided`)
      case 'rejected':
        return {
          state: 'failed',
          detail: say`rejected, or expired at the gate; the ledger or the gate's log tells`
        }
      case 'expired':
        return { state: 'failed', detail: say`expired: nobody decided in time` }
    }
  }
  const { state, breakGlass, requester } = decision
  const who = decidedBy(decision) ?? say`nobody`
  const given = asClause(reasonWords(decision))
  const why = given === undefined ? '' : `: ${given}`
  if (decision.effect === 'LATE' && (state === 'APPROVED' || state === 'REJECTED')) {
    const wentOn = said === 'approved'
    return { state: wentOn ? 'attention' : 'failed', detail: `${say`by ${who}, too late`}${why}` }
  }
  switch (state) {
    case 'APPROVED': {
      const by = breakGlass ? say`by ${who}, break-glass` : say`by ${who}`
      const asked = requester.verified ? '' : say`; who asked for it is not proven`
      const detail = `${by}${why}${asked}`
      return { state: breakGlass || !requester.verified ? 'attention' : 'done', detail }
    }
    case 'REJECTED':
      return { state: 'failed', detail: `${say`rejected by ${who}`}${why}` }
    case 'EXPIRED':
      return { state: 'failed', detail: say`expired: nobody decided in time` }
    case 'FAILED':
      return { state: 'failed', detail: `${say`nobody could be asked`}${why}` }
    case 'WITHDRAWN':
      return open(say`withdrawn before anyone decided`)
  }
}

function shift(report: Report): State {
  const { deployment, rollback: back, outcome } = report
  if (deployment?.trafficShiftedAt !== undefined) {
    return back === 'none'
      ? done(allShifted(deployment.sides))
      : { state: 'attention', detail: allOnGreen(back) }
  }
  const goesOn = outcome === 'started' || outcome === 'unknown' || deployment?.state === 'running'
  if (!goesOn && trafficMoved(report) === false) {
    return skipped(say`production stayed on the revision before`)
  }
  const green = deployment?.traffic?.green
  const share = green === undefined ? say`not known how much` : `${Math.round(green * 10) / 10} %`
  const name = deployment?.sides?.to.name ?? say`green`
  return goesOn
    ? open(say`${share} on ${name} when this job ended`)
    : { state: 'failed', detail: say`${share} on ${name} when it ended` }
}

/** An even split at the end is said, since all traffic on one side is no more the truth then. */
function allShifted(sides: SideShares | undefined): string {
  if (!sides) return say`100 % on green`
  const { from, to } = sides
  return from.share > 0 && to.share > 0
    ? say`100 % on ${to.name}, then ${Math.round(from.share)} % on ${from.name} and ${Math.round(to.share)} % on ${to.name}`
    : say`100 % on ${to.name}`
}

function allOnGreen(back: Exclude<Report['rollback'], 'none'>): string {
  switch (back) {
    case 'succeeded':
      return say`it was all on green, and was rolled back`
    case 'in-progress':
      return say`it was all on green, and is being rolled back`
    case 'failed':
      return say`it was all on green, and the rollback failed`
  }
}

function availability({ evidence, deployment }: Report): State {
  const found = evidence.filter((each) => each.section === 'availability')
  if (found.length === 0) return skipped(say`production was not asked`)
  const moving = found.flatMap(movingPhases)
  const total = sum(moving.map((phase) => phase.total))
  const failed = sum(moving.map((phase) => phase.failed))
  if (total === 0) {
    const begun = deployment && stageOf(deployment, 'shift')?.startedAt !== undefined
    return begun === false
      ? skipped(say`traffic did not move`)
      : open(found.map(({ summary }) => summary).join('; '))
  }
  const detail = say`${failed} of ${total} requests failed`
  const unknown = found.filter(({ verdict }) => verdict === 'unknown')
  if (failed === 0 && unknown.length > 0) {
    return open(unknown.map(({ summary }) => summary).join('; '))
  }
  if (failed === 0) return done(detail)
  return found.some(({ verdict }) => verdict === 'failed')
    ? { state: 'failed', detail }
    : { state: 'attention', detail: say`${detail}, within the limits` }
}

function movingPhases({ phases }: AvailabilityEvidence): AvailabilityEvidence['phases'] {
  return phases.filter(({ name }) => ['shift', 'after', 'rollback'].includes(name))
}

function oldTasks(report: Report): State {
  const { deployment, rollback: back } = report
  if (deployment?.drained) {
    const detail = drainedInWords(deployment.drained)
    return deployment.drained.state === 'zero' ? done(detail) : open(detail)
  }
  if (deployment?.state === 'succeeded' && deployment.sides) {
    return skipped(say`both sides serve`)
  }
  if (deployment?.state === 'succeeded') {
    return done(measured.oldTasksInWords(deployment.oldTasks) ?? say`the deployment has completed`)
  }
  const moved = trafficMoved(report) === true
  if (back === 'succeeded') {
    return skipped(moved ? say`they serve production again` : say`they serve production`)
  }
  if (back === 'none' && deployment?.trafficShiftedAt !== undefined) {
    return hasEnded(report)
      ? open(say`they do not serve production, and were not ended`)
      : open(say`they end when the termination wait is over`)
  }
  return skipped(moved ? say`they serve a part of production` : say`they serve production`)
}

/** Empty if nothing had to be rolled back. */
function rollback(report: Report): ChecklistItem[] {
  const { rollback: state } = report
  const what = 'rollback'
  switch (state) {
    case 'succeeded':
      return [
        {
          what,
          ...done(
            trafficMoved(report) === true
              ? say`production is back on what served before`
              : say`production is on what served before`
          )
        }
      ]
    case 'in-progress':
      return [{ what, ...open(say`still in progress when this job ended`) }]
    case 'failed':
      return [{ what, state: 'failed', detail: say`look at the service now` }]
    case 'none':
      return hasEnded(report)
        ? [
            {
              what,
              state: 'failed',
              detail: say`there was none: tasks and listeners stay as they are`
            }
          ]
        : []
  }
}

/** Whether the deployment has ended, and not well. */
function hasEnded({ deployment, outcome }: Report): boolean {
  const isBad = ['rejected', 'expired', 'failed', 'stopped', 'timed-out'].includes(outcome)
  return isBad && (deployment?.state === 'failed' || deployment?.state === 'stopped')
}

function done(detail: string): State {
  return { state: 'done', detail }
}

function open(detail: string): State {
  return { state: 'open', detail }
}

function skipped(detail: string): State {
  return { state: 'skipped', detail }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
