import { describe, expect, it } from '@jest/globals'
import type { ChecklistItem } from '../../src/release/checklist-words.ts'
import { checklist } from '../../src/release/checklist.ts'
import type { Evidence } from '../../src/release/evidence.ts'
import type { DeploymentReport, OldTasks, Report } from '../../src/release/report.ts'
import type { TimelineEvent } from '../../src/release/timeline.ts'
import { availability, METRICS, RECOVERY } from '../action/summary/sample-evidence.ts'
import {
  at,
  decision,
  deployment,
  event,
  EVIDENCE,
  report
} from '../action/summary/sample-parts.ts'

const [CHECKS] = EVIDENCE

/** `state: detail` of one item, or `absent`. */
function item(what: ChecklistItem['what'], parts: Partial<Report>): string {
  const found = checklist(report({}, { deployment: made({}), ...parts })).find(
    (each) => each.what === what
  )
  return found ? `${found.state}: ${found.detail}` : 'absent'
}

function made(facts: Partial<DeploymentReport>): DeploymentReport {
  return deployment('d-1', facts)
}

function checks(facts: Partial<Pick<Evidence, 'name' | 'required' | 'verdict'>>): Evidence {
  return { ...CHECKS, ...facts }
}

const ENDING: OldTasks = {
  told: 2,
  stopped: 1,
  toldAt: Date.UTC(2026, 10, 20, 3, 5),
  stoppedAt: undefined
}

function traffic(second: number, green: number): TimelineEvent {
  return { kind: 'traffic', at: at(second), deploymentId: 'd-1', blue: 100 - green, green }
}

function health(second: number, counts: Readonly<Record<string, number>>): TimelineEvent {
  return { kind: 'health', at: at(second), deploymentId: 'd-1', counts, reasons: [] }
}

const NEEDED = { name: 'checks', required: true }

describe('what each item says', () => {
  const check = { name: 'gate', reason: '' }
  const gone = made({ status: 'Stopped', traffic: { blue: 90, green: 10 } })
  const moving = made({ status: 'InProgress', traffic: { blue: 90, green: 10 } })
  const whole = made({ trafficShiftedAt: at(798) })
  const shifting = made({ steps: [event('AllowTraffic', 'InProgress', 495)] })
  const still = made({ steps: [event('AllowTraffic', 'Skipped')] })
  const stayed = made({
    status: 'Failed',
    traffic: { blue: 100, green: 0 },
    steps: still.steps
  })
  const asked = availability({ shift: 10, after: 20, until: 30 })
  const failing = availability({ shift: 10, after: 20, until: 30, failing: { 12: 3 } })
  const broken = { ...failing, verdict: 'failed' as const }
  const before = { ...asked, phases: asked.phases.slice(0, 1), summary: '0 of 20 failed' }
  const approved = decision('APPROVED')

  it.each<[ChecklistItem['what'], Partial<Report>, string]>([
    ['preflight', { preflight: [] }, 'open: it did not come to that'],
    ['preflight', { preflight: [{ ...check, verdict: 'NG' }] }, 'failed: gate'],
    [
      'preflight',
      { preflight: [{ ...check, verdict: 'WARN' }] },
      'attention: 0 of 1 checks OK; gate'
    ],
    ['preflight', { preflight: [{ ...check, verdict: 'OK' }] }, 'done: 1 of 1 checks OK'],
    [
      'preflight',
      { preflight: [{ ...check, verdict: 'SKIP' }] },
      'done: 0 of 1 checks OK, 1 could not be looked up'
    ],

    ['green-asked', { deployment: undefined, outcome: 'planned' }, 'skipped: a dry run'],
    ['green-asked', { deployment: undefined, outcome: 'unknown' }, 'open: not known'],
    [
      'green-asked',
      { deployment: undefined, outcome: 'refused' },
      'skipped: the release did not come to that'
    ],
    ['green-asked', {}, 'skipped: nothing was to be asked'],
    ['green-asked', { announced: [NEEDED] }, 'open: never came: checks'],
    ['green-asked', { evidence: [checks({})] }, 'done: checks'],
    [
      'green-asked',
      { evidence: [checks({ verdict: 'unknown' })] },
      'open: 0 of 1 could be asked: checks'
    ],

    ['required-evidence', {}, 'skipped: nothing is required'],
    [
      'required-evidence',
      { announced: [{ ...NEEDED, required: false }] },
      'skipped: nothing is required'
    ],
    ['required-evidence', { announced: [NEEDED] }, 'failed: checks never came'],
    [
      'required-evidence',
      { announced: [NEEDED], outcome: 'started' },
      'open: not there when this job ended: checks'
    ],
    [
      'required-evidence',
      { announced: [NEEDED], evidence: [checks({ required: true })] },
      'done: checks'
    ],
    [
      'required-evidence',
      {
        announced: [NEEDED, { name: 'load', required: true }],
        evidence: [checks({ required: true, verdict: 'unknown' })]
      },
      `failed: checks unknown: ${CHECKS.summary}; load never came`
    ],

    ['recovery', {}, 'skipped: no task was to be stopped'],
    ['recovery', { evidence: [RECOVERY] }, `done: ${RECOVERY.summary}`],
    [
      'recovery',
      { evidence: [{ ...RECOVERY, verdict: 'failed', summary: 'not whole' }] },
      'failed: not whole'
    ],
    [
      'recovery',
      { evidence: [{ ...RECOVERY, verdict: 'failed', required: false }] },
      `attention: ${RECOVERY.summary}`
    ],
    ['recovery', { evidence: [{ ...RECOVERY, verdict: 'unknown', summary: 'x' }] }, 'open: x'],

    ['metrics', {}, 'skipped: CloudWatch was not asked'],
    ['metrics', { evidence: [METRICS] }, `done: metrics: ${METRICS.summary}`],
    [
      'metrics',
      {
        evidence: [
          METRICS,
          {
            ...METRICS,
            name: 'metrics during the shift',
            verdict: 'failed',
            required: true,
            summary: 'bad'
          }
        ]
      },
      `failed: metrics: ${METRICS.summary}; metrics during the shift: bad`
    ],

    ['alarms', { evidence: [{ ...METRICS, alarms: [] }] }, 'skipped: no alarm was to be read'],
    ['alarms', { evidence: [METRICS] }, 'attention: INSUFFICIENT_DATA: order-latency'],
    [
      'alarms',
      { evidence: [{ ...METRICS, alarms: [{ name: 'order-5xx', state: 'OK' }] }] },
      'done: 1 OK'
    ],
    [
      'alarms',
      { evidence: [METRICS, { ...METRICS, alarms: [{ name: 'order-5xx', state: 'ALARM' }] }] },
      'failed: in ALARM: order-5xx'
    ],

    ['replacement', {}, 'skipped: traffic did not move'],
    [
      'replacement',
      { timeline: [health(5, { healthy: 3 }), traffic(10, 10), traffic(20, 100)] },
      'done: 3 of 3 new tasks were healthy before; traffic moved in steps: 10 %, 100 %'
    ],
    [
      'replacement',
      {
        timeline: [
          health(5, { healthy: 1, unhealthy: 2 }),
          traffic(10, 100),
          health(11, { healthy: 3 })
        ]
      },
      'attention: 1 of 3 new tasks were healthy before; traffic moved at once'
    ],
    [
      'replacement',
      { timeline: [traffic(10, 100)], deployment: made({ oldTasks: ENDING }) },
      'open: whether the new tasks were healthy before is not known; traffic moved at once; ' +
        'the old tasks were told to stop at 03:05:00 UTC, 1 of 2 have stopped'
    ],

    ['approval', { approval: 'not-required' }, 'skipped: no gate'],
    ['approval', { approval: 'approved' }, 'done: who it was is not known without a ledger'],
    ['approval', { approval: 'pending' }, 'open: not decided'],
    [
      'approval',
      { approval: 'rejected' },
      "failed: rejected, or expired at the gate; the ledger or the gate's log tells"
    ],
    ['approval', { approval: 'expired' }, 'failed: expired: nobody decided in time'],
    ['approval', { decision: approved }, 'done: by 김민수 (U01MINSU), Jane Doe (U02JANE)'],
    [
      'approval',
      { decision: { ...approved, breakGlass: true, reason: 'outage' } },
      'attention: by 김민수 (U01MINSU), Jane Doe (U02JANE), break-glass: outage'
    ],
    [
      'approval',
      { decision: { ...approved, by: [], breakGlass: true, reason: 'outage' } },
      `attention: by ${approved.requester.logins.join(', ')}, break-glass: outage`
    ],
    [
      'approval',
      { decision: { ...approved, requester: { ...approved.requester, verified: false } } },
      'attention: by 김민수 (U01MINSU), Jane Doe (U02JANE); who asked for it is not proven'
    ],
    [
      'approval',
      { decision: { ...decision('REJECTED'), by: [], reason: undefined } },
      'failed: rejected by the evidence'
    ],
    [
      'approval',
      { decision: { ...approved, state: 'EXPIRED' } },
      'failed: expired: nobody decided in time'
    ],
    ['approval', { decision: { ...approved, state: 'FAILED' } }, 'failed: nobody could be asked'],
    [
      'approval',
      { decision: { ...approved, state: 'WITHDRAWN' } },
      'open: withdrawn before anyone decided'
    ],
    [
      'approval',
      { decision: { ...approved, state: 'PENDING' }, approval: 'pending' },
      'open: not decided'
    ],
    [
      'approval',
      { decision: { ...approved, state: 'PENDING' }, approval: 'expired' },
      'failed: expired: nobody decided in time'
    ],
    [
      'approval',
      { decision: { ...approved, effect: 'LATE' }, approval: 'expired' },
      'failed: by 김민수 (U01MINSU), Jane Doe (U02JANE), too late'
    ],

    ['shift', { deployment: whole }, 'done: 100 % on green'],
    [
      'shift',
      { deployment: whole, rollback: 'succeeded' },
      'attention: it was all on green, and was rolled back'
    ],
    ['shift', { deployment: moving }, 'open: 10 % on green when this job ended'],
    ['shift', { deployment: gone, outcome: 'stopped' }, 'failed: 10 % on green when it ended'],
    [
      'shift',
      {
        deployment: made({ traffic: { blue: 100, green: 0 }, steps: still.steps }),
        outcome: 'rejected'
      },
      'skipped: production stayed on the revision before'
    ],

    ['availability', {}, 'skipped: production was not asked'],
    ['availability', { evidence: [asked] }, 'done: 0 of 400 requests failed'],
    [
      'availability',
      { evidence: [failing] },
      'attention: 3 of 400 requests failed, within the limits'
    ],
    ['availability', { evidence: [broken] }, 'failed: 3 of 400 requests failed'],
    ['availability', { evidence: [before], deployment: still }, 'skipped: traffic did not move'],
    ['availability', { evidence: [before], deployment: shifting }, 'open: 0 of 20 failed'],

    ['old-tasks', {}, 'done: the deployment has completed'],
    [
      'old-tasks',
      {
        deployment: made({
          oldTasks: { ...ENDING, stopped: 2, stoppedAt: Date.UTC(2026, 10, 20, 3, 6, 10) }
        })
      },
      'done: the old tasks were told to stop at 03:05:00 UTC, the last of 2 had stopped at 03:06:10 UTC'
    ],
    [
      'old-tasks',
      { deployment: gone, rollback: 'succeeded' },
      'skipped: they serve production again'
    ],
    [
      'old-tasks',
      { deployment: made({ status: 'InProgress', trafficShiftedAt: at(798) }) },
      'open: they end when the termination wait is over'
    ],
    ['old-tasks', { deployment: moving }, 'skipped: they serve a part of production'],
    [
      'old-tasks',
      { deployment: stayed, rollback: 'succeeded', outcome: 'rejected' },
      'skipped: they serve production'
    ],
    [
      'old-tasks',
      { deployment: { ...gone, trafficShiftedAt: at(798) }, outcome: 'failed' },
      'open: they do not serve production, and were not ended'
    ],

    ['rollback', {}, 'absent'],
    // The job gave up before the deployment had succeeded after all.
    ['rollback', { outcome: 'timed-out' }, 'absent'],
    [
      'rollback',
      { deployment: gone, rollback: 'succeeded' },
      'done: production is back on what served before'
    ],
    [
      'rollback',
      { deployment: stayed, rollback: 'succeeded', outcome: 'rejected' },
      'done: production is on what served before'
    ],
    [
      'shift',
      // The rollback had moved the traffic back before the weights were read.
      {
        deployment: { ...stayed, steps: [event('AllowTraffic', 'Failed', 495, 500)] },
        timeline: [
          { kind: 'traffic', at: at(497), deploymentId: 'd-1', blue: 90, green: 10 },
          { kind: 'traffic', at: at(499), deploymentId: 'd-1', blue: 100, green: 0 }
        ],
        rollback: 'succeeded',
        outcome: 'failed'
      },
      'failed: 0 % on green when it ended'
    ],
    [
      'shift',
      { deployment: whole, rollback: 'failed' },
      'attention: it was all on green, and the rollback failed'
    ],
    ['rollback', { rollback: 'in-progress' }, 'open: still in progress when this job ended'],
    ['rollback', { rollback: 'failed' }, 'failed: look at the service now'],
    [
      'rollback',
      { deployment: gone, outcome: 'stopped' },
      'failed: there was none: tasks and listeners stay as they are'
    ]
  ])('%s %#', (what, parts, wanted) => {
    expect(item(what, parts)).toBe(wanted)
  })
})
