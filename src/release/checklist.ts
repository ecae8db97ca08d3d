import * as measured from './checklist-measured.ts'
import { decidedBy } from './decision.ts'
import type { AvailabilityEvidence } from './evidence.ts'
import type { Report } from './report.ts'
import { stageOf } from './snapshot.ts'

/**
 * `attention`: done, but a person should look at it; `open`: not done yet, or not known to
 * be done; `skipped`: this release did not need it.
 */
export type CheckState = 'done' | 'attention' | 'failed' | 'open' | 'skipped'

export interface ChecklistItem {
  readonly what: keyof typeof CHECKLIST_WORDS
  readonly state: CheckState
  /** Figures and names in plain text. The caller that shows it has to escape it. */
  readonly detail: string
}

/** The title of each item, in the order in which a release comes to them. */
export const CHECKLIST_WORDS = {
  preflight: 'Pre-flight passed',
  'green-asked': 'Green was asked before the decision',
  'required-evidence': 'Required evidence passed',
  recovery: 'It recovered from the loss of a task',
  metrics: 'CloudWatch figures kept their limits',
  alarms: 'No alarm was raised',
  approval: 'A person approved it',
  shift: 'All production traffic went to green',
  replacement: 'New tasks were healthy before old ones ended',
  availability: 'No request failed while traffic moved',
  'old-tasks': 'The old tasks have ended',
  rollback: 'It was rolled back'
} as const

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
  if (outcome === 'planned') return skipped('a dry run')
  const phases = timeline.flatMap((event) => (event.kind === 'phase' ? [event.name] : []))
  // It is known that nothing was deployed, even if the end of the one-off task is not.
  if (phases.includes('one-off-task') && !phases.includes('deploy')) {
    return skipped('the release did not come to that')
  }
  return outcome === 'unknown' ? open('not known') : skipped('the release did not come to that')
}

function preflight({ preflight: found }: Report): State {
  if (found.length === 0) return open('it did not come to that')
  const bad = found.filter(({ verdict }) => verdict === 'NG').map(({ name }) => name)
  if (bad.length > 0) return { state: 'failed', detail: bad.join(', ') }
  const warned = found.filter(({ verdict }) => verdict === 'WARN').map(({ name }) => name)
  const unseen = found.filter(({ verdict }) => verdict === 'SKIP').length
  const passed = `${found.length - unseen - warned.length} of ${found.length} checks OK`
  if (warned.length > 0) return { state: 'attention', detail: `${passed}; ${warned.join(', ')}` }
  return done(unseen === 0 ? passed : `${passed}, ${unseen} could not be looked up`)
}

function greenAsked({ evidence, announced, where }: Report): State {
  const asked = evidence.filter(({ section }) => ['checks', 'flow', 'load'].includes(section))
  const missing = neverCame(evidence, announced)
  if (asked.length === 0) {
    if (missing.length > 0) return open(`never came: ${missing.map(({ name }) => name).join(', ')}`)
    return skipped(where.hasTestListener === false ? 'no test listener' : 'nothing was to be asked')
  }
  const answered = asked.filter(({ verdict }) => verdict !== 'unknown')
  const names = asked.map(({ name }) => name).join(', ')
  if (answered.length === asked.length) return done(names)
  return open(`${answered.length} of ${asked.length} could be asked: ${names}`)
}

function requiredEvidence({ evidence, announced, outcome }: Report): State {
  const required = evidence.filter((each) => each.required)
  const missing = neverCame(evidence, announced).filter((each) => each.required)
  if (required.length + missing.length === 0) return skipped('nothing is required')
  const bad = required.filter(({ verdict }) => verdict !== 'passed')
  if (bad.length + missing.length === 0) {
    return done(required.map(({ name }) => name).join(', '))
  }
  // The job ended before the deployment did, so the evidence may still come.
  if (bad.length === 0 && (outcome === 'started' || outcome === 'unknown')) {
    return open(`not there when this job ended: ${missing.map(({ name }) => name).join(', ')}`)
  }
  return {
    state: 'failed',
    detail: [
      ...bad.map(({ name, verdict, summary }) => `${name} ${verdict}: ${summary}`),
      ...missing.map(({ name }) => `${name} never came`)
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
  if (said === 'not-required') return skipped('no gate')
  if (!decision) {
    switch (said) {
      case 'approved':
        return done('who it was is not known without a ledger')
      case 'pending':
        return open('not decided')
      case 'rejected':
        return { state: 'failed', detail: 'rejected, or expired at the gate; a ledger would tell' }
      case 'expired':
        return { state: 'failed', detail: 'expired: nobody decided in time' }
    }
  }
  const { state, reason, breakGlass, requester } = decision
  const who = decidedBy(decision) ?? 'nobody'
  const why = reason === undefined ? '' : `: ${reason}`
  switch (state) {
    case 'APPROVED': {
      const asked = requester.verified ? '' : '; who asked for it is not proven'
      const detail = `by ${who}${breakGlass ? ', break-glass' : ''}${why}${asked}`
      return { state: breakGlass || !requester.verified ? 'attention' : 'done', detail }
    }
    case 'REJECTED':
      return { state: 'failed', detail: `rejected by ${who}${why}` }
    case 'EXPIRED':
      return { state: 'failed', detail: 'expired: nobody decided in time' }
    case 'FAILED':
      return { state: 'failed', detail: `nobody could be asked${why}` }
    case 'WITHDRAWN':
      return open('withdrawn before anyone decided')
    case 'PENDING':
      return open('not decided')
  }
}

function shift({ deployment, rollback: back, outcome }: Report): State {
  if (deployment?.trafficShiftedAt !== undefined) {
    return back === 'none'
      ? done('100 % on green')
      : { state: 'attention', detail: 'it was all on green, and was rolled back' }
  }
  const green = deployment?.traffic?.green
  if (green === 0 && outcome !== 'started') return skipped('production traffic never moved')
  const share = green === undefined ? 'not known how much' : `${Math.round(green * 10) / 10} %`
  return outcome === 'started' || outcome === 'unknown' || deployment?.state === 'running'
    ? open(`${share} on green when this job ended`)
    : { state: 'failed', detail: `${share} on green when it ended` }
}

function availability({ evidence, deployment }: Report): State {
  const found = evidence.filter((each) => each.section === 'availability')
  if (found.length === 0) return skipped('production was not asked')
  const moving = found.flatMap(movingPhases)
  const total = sum(moving.map((phase) => phase.total))
  const failed = sum(moving.map((phase) => phase.failed))
  if (total === 0) {
    const begun = deployment && stageOf(deployment, 'shift')?.startedAt !== undefined
    return begun === false
      ? skipped('traffic did not move')
      : open(found.map(({ summary }) => summary).join('; '))
  }
  const detail = `${failed} of ${total} requests failed`
  const unknown = found.filter(({ verdict }) => verdict === 'unknown')
  if (failed === 0 && unknown.length > 0) {
    return open(unknown.map(({ summary }) => summary).join('; '))
  }
  if (failed === 0) return done(detail)
  return found.some(({ verdict }) => verdict === 'failed')
    ? { state: 'failed', detail }
    : { state: 'attention', detail: `${detail}, within the limits` }
}

function movingPhases({ phases }: AvailabilityEvidence): AvailabilityEvidence['phases'] {
  return phases.filter(({ name }) => ['shift', 'after', 'rollback'].includes(name))
}

function oldTasks({ deployment, rollback: back }: Report): State {
  if (deployment?.state === 'succeeded') {
    return done(measured.oldTasksInWords(deployment.oldTasks) ?? 'the deployment has completed')
  }
  if (back === 'succeeded') return skipped('they serve production again')
  return deployment?.trafficShiftedAt !== undefined && back === 'none'
    ? open('they end when the termination wait is over')
    : skipped('they serve production')
}

/** Empty if nothing had to be rolled back. */
function rollback({ rollback: state, outcome, deployment }: Report): ChecklistItem[] {
  const what = 'rollback'
  switch (state) {
    case 'succeeded':
      return [{ what, ...done('production is back on what served before') }]
    case 'in-progress':
      return [{ what, ...open('still in progress when this job ended') }]
    case 'failed':
      return [{ what, state: 'failed', detail: 'look at the service now' }]
    case 'none': {
      const ended = deployment?.state === 'failed' || deployment?.state === 'stopped'
      const isBad = ['rejected', 'expired', 'failed', 'stopped', 'timed-out'].includes(outcome)
      return ended && isBad
        ? [
            {
              what,
              state: 'failed',
              detail: 'there was none: tasks and listeners stay as they are'
            }
          ]
        : []
    }
  }
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
