import { ManualClock } from '../../../emulator/clock.ts'
import { parseInputs } from '../../../src/action/inputs/parse.ts'
import { reportOf } from '../../../src/action/finish.ts'
import { triggerOf } from '../../../src/action/trigger.ts'
import { createClients } from '../../../src/aws/clients.ts'
import { OptionalReads } from '../../../src/aws/optional-reads.ts'
import type { ReleaseContext } from '../../../src/flow/context.ts'
import { run } from '../../../src/flow/run.ts'
import { newDraft } from '../../../src/release/draft.ts'
import type { Report } from '../../../src/release/report.ts'
import { memoryPlane } from './plane.ts'
import { MemoryTraffic } from './traffic.ts'

export const TRIGGER = triggerOf({ GITHUB_ACTOR: 'octocat', GITHUB_REPOSITORY: 'octo/shop' })

export interface MemoryRelease {
  readonly clock: ManualClock
  readonly traffic: MemoryTraffic
  readonly lines: readonly string[]
  readonly context: ReleaseContext
  /** Everything that it leaves behind, at its end. */
  readonly report: Promise<Report>
}

/** A release over the control plane in memory, and over those that `more` names before it. */
export function startRelease(
  inputs: Readonly<Record<string, string>> = {},
  more: Partial<ReleaseContext> = {},
  clock = new ManualClock()
): MemoryRelease {
  const traffic = new MemoryTraffic(clock)
  const named = { service: 'orders', cluster: 'shop', ...inputs }
  const { settings } = parseInputs(
    Object.fromEntries(
      Object.entries(named).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
    )
  )
  const draft = newDraft(settings.cluster, settings.service)
  const lines: string[] = []
  const keep = (text: string): void => void lines.push(text)
  const context: ReleaseContext = {
    settings,
    clients: createClients({
      region: 'eu-central-1',
      credentials: () => Promise.reject(new Error('AWS is not asked')),
      maxRetries: 0
    }),
    optionalReads: new OptionalReads(clock, () => undefined),
    clock,
    region: 'eu-central-1',
    random: () => 0,
    cancelled: new AbortController().signal,
    logger: { info: keep, warning: keep, group: (_, work) => work() },
    ledger: undefined,
    draft,
    emit: (event) => void draft.timeline.push(event),
    tell: ({ subject, detail }) => keep(`${subject} ${detail}`),
    lastLineAt: () => clock.now(),
    files: {
      anywhere: () => Promise.reject(new Error('there are no files')),
      inWorkspace: () => Promise.reject(new Error('there are no files')),
      isFile: () => Promise.resolve(false)
    },
    description: 'a release in memory',
    checkJob: () => [],
    startVerifier: () => Promise.reject(new Error('nothing is verified')),
    onOneOffTask: () => undefined,
    onDeployment: () => Promise.resolve(),
    ...more,
    planes: [...(more.planes ?? []), memoryPlane(traffic)]
  }
  const startedAt = clock.now()
  const report = run(context).then((ending) =>
    reportOf(draft, ending, settings, TRIGGER, { startedAt, endedAt: clock.now() })
  )
  return { clock, traffic, lines, context, report }
}
