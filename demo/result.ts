import type { StepResult } from '../runner/run-action.ts'
import type { DemoArguments } from './arguments.ts'
import type { ByVersion, Phase, Tally } from './tally.ts'

/** What `--json` writes. */
export interface DemoResult {
  readonly outcome: string | undefined
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  /** On the production listener. */
  readonly requests: {
    readonly byVersion: ByVersion
    readonly byPhase: Readonly<Record<Phase, ByVersion>>
  }
  readonly seconds: number
}

export function resultOf(step: StepResult, tally: Tally, seconds: number): DemoResult {
  return {
    outcome: step.outputs['outcome'],
    exitCode: step.exitCode,
    outputs: step.outputs,
    requests: { byVersion: tally.byVersion(), byPhase: tally.byPhase() },
    seconds
  }
}

/** What did not go as asked, in words; nothing where all did. */
export function complaints(
  { outcome, requests }: DemoResult,
  decided: DemoArguments['decision']
): string[] {
  const onNew = requests.byVersion['2']?.requests ?? 0
  const failures = Object.values(requests.byVersion).reduce((sum, each) => sum + each.failures, 0)
  const wanted = decided === 'reject' ? 'rejected' : 'released'
  return [
    ...(outcome === wanted ? [] : [`the outcome is ${outcome ?? 'unknown'}, not ${wanted}`]),
    ...(failures === 0 ? [] : [`${failures} requests failed`]),
    ...(wanted === 'released' && onNew === 0 ? ['no request reached version 2'] : []),
    ...(wanted === 'rejected' && onNew > 0 ? [`${onNew} requests reached version 2`] : [])
  ]
}

/** A table of the requests on production, for a terminal. */
export function requestTable({ requests }: DemoResult): string {
  const versions = Object.keys(requests.byVersion)
  const cell = (counts: ByVersion, version: string): string => {
    const { requests: sent = 0, failures = 0 } = counts[version] ?? {}
    return failures === 0 ? String(sent) : `${sent} (${failures} failed)`
  }
  const row = (name: string, counts: ByVersion): string[] => [
    name,
    ...versions.map((version) => cell(counts, version))
  ]
  const rows = [
    ['', ...versions.map((version) => (version === 'none' ? 'no version' : `version ${version}`))],
    row('before the gate', requests.byPhase.before),
    row('at the gate', requests.byPhase.gate),
    row('after the decision', requests.byPhase.decided),
    row('after the release', requests.byPhase.after),
    row('in all', requests.byVersion)
  ]
  return rows
    .map(([name = '', ...cells]) => name.padEnd(20) + cells.map((c) => c.padStart(14)).join(''))
    .join('\n')
}
