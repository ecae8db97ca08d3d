import type { Bug } from '../examples/service/bugs.ts'
import type { StepResult } from '../runner/run-action.ts'
import type { Decision } from './arguments.ts'
import type { Counts, ListenerCounts } from './tally.ts'
import { columns } from './terminal.ts'

/** What `--json` writes. */
export interface DemoResult {
  /** What was decided at the gate; null: nobody was asked, or nobody answered. */
  readonly decision: Decision | null
  /** The fault of version 2; null: none. */
  readonly bug: Bug | null
  readonly outcome: string | undefined
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  readonly requests: {
    readonly production: ListenerCounts
    readonly test: ListenerCounts
  }
  readonly seconds: number
  /** Of the job, in Markdown. */
  readonly summary: string
  /** The job's JSON report (docs/report.md); null where there is none. */
  readonly report: DemoReport | null
}

/** What the demo tells of the report. */
export interface DemoReport {
  readonly headline: string
  readonly diagnosis: { readonly cause: string } | null
  readonly evidence: readonly {
    readonly name: string
    readonly verdict: string
    readonly summary: string
    readonly load: { readonly engine: string; readonly engineVersion: string } | null
  }[]
}

/** What went through the two listeners, and what the action left. */
export interface Observed {
  readonly step: Pick<StepResult, 'exitCode' | 'outputs' | 'summary'>
  readonly requests: DemoResult['requests']
  readonly seconds: number
  readonly bug: Bug | undefined
  readonly report: DemoReport | undefined
}

export function resultOf({ step, requests, seconds, bug, report }: Observed): DemoResult {
  const { exitCode, outputs, summary } = step
  return {
    decision: decisionIn(outputs),
    bug: bug ?? null,
    outcome: outputs['outcome'],
    exitCode,
    outputs,
    requests,
    seconds,
    summary,
    report: report ?? null
  }
}

/** As the action read it from the gate's ledger. */
function decisionIn({ 'approval-status': status }: StepResult['outputs']): Decision | null {
  if (status === 'approved') return 'approve'
  return status === 'rejected' ? 'reject' : null
}

/** What did not go as decided, in words; nothing where all did. */
export function complaints(result: DemoResult): string[] {
  const { decision, outcome, exitCode, requests, bug } = result
  if (bug !== null && NEVER_UP.includes(bug)) return complaintsOfStopped(result)
  if (decision === null) {
    return [`nobody has decided, and the outcome is ${outcome ?? 'unknown'}`]
  }
  const { versions, failures } = requests.production
  const onNew = versions['2']?.requests ?? 0
  const rejected = decision === 'reject'
  const wanted = rejected ? 'rejected' : 'released'
  return [
    ...(outcome === wanted ? [] : [`the outcome is ${outcome ?? 'unknown'}, not ${wanted}`]),
    ...((exitCode === 0) === rejected ? [`the action ended with ${exitCode ?? 'a signal'}`] : []),
    ...(failures === 0 ? [] : [`${failures} requests failed`]),
    ...(rejected && onNew > 0 ? [`${onNew} requests reached version 2`] : []),
    ...(!rejected && onNew === 0 ? ['no request reached version 2'] : [])
  ]
}

/** Faults with which version 2 never comes up, so that nobody is asked. */
export const NEVER_UP: readonly Bug[] = ['crash', 'unhealthy']

function complaintsOfStopped({ outcome, exitCode, requests }: DemoResult): string[] {
  const { versions, failures } = requests.production
  const onNew = versions['2']?.requests ?? 0
  return [
    ...(outcome === 'stopped' ? [] : [`the outcome is ${outcome ?? 'unknown'}, not stopped`]),
    ...(exitCode === 1 ? [] : [`the action ended with ${exitCode ?? 'a signal'}`]),
    ...(failures === 0 ? [] : [`${failures} requests failed`]),
    ...(onNew === 0 ? [] : [`${onNew} requests reached version 2`])
  ]
}

/** The requests on both listeners as a table for a terminal. */
export function requestTable({ requests: { production, test } }: DemoResult): string {
  const versions = [...new Set([production, test].flatMap((each) => Object.keys(each.versions)))]
  const row = (name: string, counts: Counts): string[] => [
    name,
    ...versions.map((version) => String(counts.versions[version]?.requests ?? 0)),
    String(counts.failures)
  ]
  const titles = versions.map((name) => (name === 'none' ? 'no version' : `version ${name}`))
  const lines = columns(
    [
      ['production listener', ...titles, 'failed'],
      row('  before the gate', production.phases.before),
      row('  at the gate', production.phases.gate),
      row('  during the shift', production.phases.shift),
      row('  afterwards', production.phases.after),
      row('  in all', production),
      row('test listener', test)
    ],
    1
  )
  return lines.join('\n')
}
