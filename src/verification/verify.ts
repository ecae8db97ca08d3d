import { join } from 'node:path'
import type { Clock } from '../release/clock.ts'
import type { Evidence } from '../release/evidence.ts'
import { askGreen, valuesFrom } from './green-checks.ts'
import { announced } from './file/announced.ts'
import type { Load, Verification } from './file/model.ts'
import { refusedTarget } from './http/addresses.ts'
import { filledRequest } from './load/filled.ts'
import { inconclusive } from './inconclusive.ts'
import type { Ask } from './requests/ask.ts'
import { NOT_ASKED, PROBLEMS } from './words/requests.ts'

export interface Verify {
  readonly verification: Verification
  /** Origin of green's test listener, used if the file names no other. */
  readonly target: string | undefined
  /** The folder of the files that the verification file names. */
  readonly workspace: string
  /** Path of k6; undefined for the one on the PATH. */
  readonly k6Path: string | undefined
  /** Called with one line every few seconds while a load runs. */
  readonly onProgress: (text: string) => void
  /** The job's environment. Only the variables that the file lists are used. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  readonly monotonic: () => number
  readonly signal: AbortSignal
  /** Called with each piece of evidence as soon as it is there. */
  readonly onEvidence: (evidence: Evidence) => Promise<void>
}

/**
 * Finds out whether green is ready. Never throws: if something could not be asked, the
 * evidence says so.
 */
export async function verify(options: Verify): Promise<void> {
  const { verification, env, clock, signal, monotonic, onEvidence } = options
  const target = verification.target.test ?? options.target
  if (target === undefined) {
    const now = clock.now()
    const others = { recovery: undefined, metrics: undefined }
    for (const each of announced({ ...verification, ...others })) {
      await onEvidence(inconclusive(each, NOT_ASKED.greenUnknown(), now))
    }
    return
  }
  const valueOf = valuesFrom(verification, env)
  const asking = { target, valueOf, clock, signal, monotonic }
  const { load } = verification
  await askGreen(verification, { ...asking, onEvidence })
  if (load) await onEvidence(await putLoad(load, options, asking))
}

/**
 * The load engines do not use the look-up that guards other requests, so the target's
 * address is checked first.
 */
async function putLoad(
  { required, script, thresholds, checks, builtin, arguments: extra }: Load,
  { verification, env, workspace, k6Path, onProgress }: Verify,
  { target, valueOf, clock, signal }: Ask
): Promise<Evidence> {
  const startedAt = clock.now()
  const refused = await refusedTarget(new URL(target))
  const requests = builtin.requests.map((request) => filledRequest(request, valueOf))
  const isWhole = requests.every((request) => request !== undefined)
  if (refused !== undefined || !isWhole) {
    const summary = refused ?? PROBLEMS.valuesMissing()
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
    checks,
    builtin: { ...builtin, requests },
    clock,
    signal,
    onProgress
  })
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]]
}
