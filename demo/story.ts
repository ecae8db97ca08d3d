import type { Bug } from '../examples/service/bugs.ts'
import { complaints, NEVER_UP } from './result.ts'
import type { DemoReport, DemoResult } from './result.ts'

/** What version 2 does with each fault. */
const FAULTS: Readonly<Record<Bug, string>> = {
  unhealthy: 'its health check answers 500',
  crash: 'it ends with exit code 1 as soon as it is started',
  slow: 'all its answers but that of the health check take 2 s',
  'wrong-total': 'its totals forget the quantity; its health checks see nothing',
  'payment-lost':
    'a payment is answered with 200, and the order stays unpaid; its health checks see nothing',
  'queue-reused': 'a token of the queue is good for any number of orders',
  'slow-payment': 'a payment takes 2 s, nothing else does; its health checks see nothing',
  'payment-500': 'a payment is answered with 500; its health checks see nothing',
  'crash-on-payment': 'it ends at the first payment; until then its health checks see nothing'
}

/** What happened, in at most nine lines: what was released, what was found, who decided, what users met. */
export function storyOf(result: DemoResult): string[] {
  const { bug, outputs, report, seconds, outcome } = result
  return [
    `Version 2 ${bug === null ? 'has no fault' : `has the fault ${bug}: ${FAULTS[bug]}`}.`,
    ...(bug !== null && NEVER_UP.includes(bug) ? whyStopped(report) : foundBy(report)),
    ...loadOf(report),
    `${decided(result)}.`,
    `${traffic(result)}.`,
    ...(outputs['rollback'] === 'succeeded' ? ['The rollback succeeded: version 1 serves.'] : []),
    ...(complaints(result).length === 0 ? [`As decided: ${outcome ?? ''}, in ${seconds} s.`] : [])
  ]
}

/** The required evidence: what failed, else what passed. */
function foundBy(report: DemoReport | null): string[] {
  const all = (report?.evidence ?? []).filter(({ load }) => load === null)
  const failed = all.filter(({ verdict }) => verdict === 'failed')
  if (failed.length > 0) {
    return failed.slice(0, 2).map(({ name, summary }) => `Found by "${name}": ${short(summary)}.`)
  }
  const passed = all.filter(({ verdict }) => verdict === 'passed').map(({ name }) => name)
  return passed.length === 0 ? [] : [`Passed: ${passed.join(', ')}.`]
}

function whyStopped(report: DemoReport | null): string[] {
  const cause = report?.diagnosis?.cause
  return cause === undefined ? [] : [short(cause, 300)]
}

/** With which engine the load was put on version 2, and what came of it. */
function loadOf(report: DemoReport | null): string[] {
  return (report?.evidence ?? []).flatMap(({ load, verdict, summary }) =>
    load === null
      ? []
      : [
          `Load, ${load.engine === 'k6' ? 'by your k6' : 'built in, since no k6 was found'}: ${verdict}. ${short(summary, 200)}.`
        ]
  )
}

function decided({ outputs, decision, bug }: DemoResult): string {
  const { 'approved-by': by = '', 'approval-reason': reason = '' } = outputs
  if (decision === 'approve') return `Approved by ${by === '' ? 'somebody' : by}`
  if (decision === 'reject') return `Rejected${reason === '' ? '' : `: ${short(reason)}`}`
  return bug !== null && NEVER_UP.includes(bug)
    ? 'Nobody was asked, because there was nothing to look at'
    : 'Nobody has decided'
}

function traffic({ requests: { production } }: DemoResult): string {
  const { versions, failures } = production
  const of = (version: string): number => versions[version]?.requests ?? 0
  const all = Object.values(versions).reduce((sum, { requests }) => sum + requests, 0)
  const moved = of('2') === 0 ? 'none reached version 2' : `${of('2')} reached version 2`
  return `Of ${all} requests of users, ${moved} and ${failures === 0 ? 'none' : failures} failed`
}

/** One line without a full stop at its end. */
function short(text: string, most = 160): string {
  const flat = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return flat.length <= most ? flat : `${flat.slice(0, most - 1)}…`
}
