import type { DemoReport } from '../result.ts'
import type { SideName } from './world.ts'

/** What `--json` writes of a failover. */
export interface FailoverResult {
  readonly strategy: 'failover'
  readonly releases: readonly ReleaseResult[]
  /** All requests of users, and those that failed. */
  readonly requests: { readonly all: number; readonly failures: number }
  /** Live weights at the end. */
  readonly weights: Readonly<Record<SideName, number>>
  readonly seconds: number
}

/** One run of the workflow. */
export interface ReleaseResult {
  readonly version: string
  readonly finish: 'switched' | 'balanced'
  /** Which side served as it began, as the live weights said, and which one was released. */
  readonly from: SideName
  readonly to: SideName
  readonly outcome: string | undefined
  readonly exitCode: number | null
  readonly outputs: Readonly<Record<string, string>>
  /** Every split that production has had, in its order. */
  readonly splits: readonly Split[]
  /** Of users, by the side that has answered. */
  readonly requests: Readonly<Record<SideName, number>>
  readonly failures: number
  /** Of the job, in Markdown. */
  readonly summary: string
  readonly report: DemoReport | null
}

/** The live weights, from a moment on, and what came to each side until the next. */
export interface Split {
  readonly weights: Readonly<Record<SideName, number>>
  readonly requests: Readonly<Record<SideName, number>>
}

/** What did not go as it should, in words; nothing where all did. */
export function failoverComplaints({ releases, requests, weights }: FailoverResult): string[] {
  const [first, second] = releases
  return [
    ...releases.flatMap(({ version, outcome, exitCode }) =>
      outcome === 'released' && exitCode === 0
        ? []
        : [`the outcome of version ${version} is ${outcome ?? 'unknown'}, not released`]
    ),
    ...(second && first?.to !== second.from ? ['the second release went the same way'] : []),
    ...(requests.failures === 0 ? [] : [`${requests.failures} requests failed`]),
    ...(weights.prod1 === weights.prod2
      ? []
      : [`the weights at the end are ${weights.prod1} and ${weights.prod2}, not even`])
  ]
}

/** What happened, in at most nine lines: which way each release went, what users met, where it ended. */
export function failoverStory(result: FailoverResult): string[] {
  const { releases, requests, weights, seconds } = result
  const { all, failures } = requests
  const lost = failures === 0 ? 'none' : String(failures)
  return [
    ...releases.flatMap(toldOf),
    `Of ${all} requests of users ${lost} failed.`,
    `At the end: prod1 ${shareOf(weights, 'prod1')} %, prod2 ${shareOf(weights, 'prod2')} %.`,
    ...(failoverComplaints(result).length === 0 ? [`As it should be, in ${seconds} s.`] : [])
  ]
}

function toldOf({ version, from, to, finish, splits, requests, outcome }: ReleaseResult): string[] {
  const shares = splits.map((split) => `${shareOf(split.weights, to)}`)
  const even = finish === 'balanced' ? `, then ${from} too, and an even split` : ''
  return [
    `Version ${version}: ${from} served, so it was deployed to ${to}${even}: ${outcome ?? 'unknown'}.`,
    `  Share of ${to}: ${shares.join(', ')} %. Requests to prod1 ${requests.prod1}, to prod2 ${requests.prod2}, the job's own included.`
  ]
}

export function shareOf(weights: Readonly<Record<SideName, number>>, side: SideName): number {
  const all = weights.prod1 + weights.prod2
  return all === 0 ? 0 : Math.round((100 * weights[side]) / all)
}

/** The requests of each split, as rows for a terminal. */
export function splitRows({ releases }: FailoverResult): string[][] {
  return [
    ['release', 'prod1', 'prod2', 'requests prod1', 'requests prod2'],
    ...releases.flatMap(({ version, splits }) =>
      splits.map(({ weights, requests }, place) => [
        place === 0 ? `version ${version}` : '',
        `${shareOf(weights, 'prod1')} %`,
        `${shareOf(weights, 'prod2')} %`,
        String(requests.prod1),
        String(requests.prod2)
      ])
    )
  ]
}
