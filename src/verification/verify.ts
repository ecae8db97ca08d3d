import { join } from 'node:path'
import type { Clock } from '../release/clock.ts'
import type { Evidence } from '../release/evidence.ts'
import { askGreen, valuesFrom } from './ask-green.ts'
import { announced } from './file/announced.ts'
import type { Load, Verification } from './file/model.ts'
import { refusedTarget } from './http/addresses.ts'
import { filledRequest } from './load/filled.ts'
import { inconclusive } from './inconclusive.ts'
import type { Ask } from './requests/ask.ts'

const NOWHERE = 'where green answers could not be found out; set target.test'

export interface Verify {
  readonly verification: Verification
  /** Origin of green's test listener, where the file names no other. */
  readonly target: string | undefined
  /** Where the files that the file names are. */
  readonly workspace: string
  /** `k6`; undefined: the one on the PATH. */
  readonly k6Path: string | undefined
  /** One line now and then, of work that takes long. */
  readonly onProgress: (text: string) => void
  /** The job's environment, of which only what the file lists is used. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly monotonic: () => number
  readonly signal: AbortSignal
  /** Told of each piece as soon as it is there. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/** Finds out whether green is really ready. Never throws: what could not be asked is evidence too. */
export async function verify(options: Verify): Promise<void> {
  const { verification, env, clock, signal, monotonic, onEvidence } = options
  const target = verification.target.test ?? options.target
  if (target === undefined) {
    const now = clock.now()
    const others = { recovery: undefined, metrics: undefined }
    for (const each of announced({ ...verification, ...others })) {
      await onEvidence(inconclusive(each, NOWHERE, now))
    }
    return
  }
  const valueOf = valuesFrom(verification, env)
  const asking = { target, valueOf, clock, signal, monotonic }
  const { load } = verification
  await askGreen(verification, { ...asking, onEvidence })
  if (load) await onEvidence(await putLoad(load, options, asking))
}

/** Neither engine asks the guard of our own requests, so the target is looked at before. */
async function putLoad(
  { required, script, thresholds, builtin, arguments: extra }: Load,
  { verification, env, workspace, k6Path, onProgress }: Verify,
  { target, valueOf, clock, signal }: Ask
): Promise<Evidence> {
  const startedAt = clock.now()
  const refused = await refusedTarget(new URL(target))
  const requests = builtin.requests.map((request) => filledRequest(request, valueOf))
  const isWhole = requests.every((request) => request !== undefined)
  if (refused !== undefined || !isWhole) {
    const summary = refused ?? 'a value that its requests need is not there'
    return inconclusive({ name: 'load', required }, summary, startedAt)
  }
  const { runLoad } = await import('./load/run-load.ts')
  return runLoad({
    name: 'load',
    required,
    target: new URL(target),
    script: script === undefined ? undefined : join(workspace, script),
    k6Path,
    arguments: extra,
    env: Object.fromEntries(verification.env.flatMap((name) => pair(name, env[name]))),
    thresholds,
    builtin: { ...builtin, requests },
    clock,
    signal,
    onProgress
  })
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]]
}
