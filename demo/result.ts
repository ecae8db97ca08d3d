import type { StepResult } from '../runner/run-action.ts'
import type { Decision } from './arguments.ts'
import type { Counts, ListenerCounts } from './tally.ts'
import { columns } from './terminal.ts'

/** What `--json` writes. */
export interface DemoResult {
  /** What was decided at the gate; null: nobody was asked, or nobody answered. */
  readonly decision: Decision | null
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
}

/** What went through the two listeners, and what the action left. */
export interface Observed {
  readonly step: Pick<StepResult, 'exitCode' | 'outputs' | 'summary'>
  readonly requests: DemoResult['requests']
  readonly seconds: number
}

export function resultOf({ step, requests, seconds }: Observed): DemoResult {
  const { exitCode, outputs, summary } = step
  return {
    decision: decisionIn(outputs),
    outcome: outputs['outcome'],
    exitCode,
    outputs,
    requests,
    seconds,
    summary
  }
}

/** As the action read it from the gate's ledger. */
function decisionIn({ 'approval-status': status }: StepResult['outputs']): Decision | null {
  if (status === 'approved') return 'approve'
  return status === 'rejected' ? 'reject' : null
}

/** What did not go as decided, in words; nothing where all did. */
export function complaints({ decision, outcome, exitCode, requests }: DemoResult): string[] {
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
