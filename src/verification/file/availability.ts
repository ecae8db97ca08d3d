import type { Members } from '../../documents/members.ts'
import { durationOf } from './conditions.ts'
import type { Availability } from './model.ts'
import { readSteadyPath } from './path.ts'
import { readShare } from './figures.ts'
import { say } from '../../words/say.ts'

const RATE = 10
const HIGHEST_RATE = 200
const MAX_FAILURE_RATE = 0.01
const TIMEOUT_MS = 5_000
const LONGEST_TIMEOUT_MS = 60_000

/** Reads the `availability` section; undefined if there is none. */
export function readAvailability(root: Members): Availability | undefined {
  const section = root.mapping('availability')
  if (!section) return undefined
  section.require('on-breach', 'path')
  const onBreach = section.oneOf('on-breach', ['stop', 'report'] as const) ?? 'stop'
  const path = readSteadyPath(section)
  const rate = section.wholeNumber('rate', 1, HIGHEST_RATE) ?? RATE
  const timeoutMs = durationOf(section, 'timeout') ?? TIMEOUT_MS
  if (timeoutMs > LONGEST_TIMEOUT_MS) {
    section.refuse('timeout', say`wanted at most ${LONGEST_TIMEOUT_MS / 1000} s`)
  }
  const versionHeader = section.text('version-header') ?? 'x-app-version'
  const maxFailureRate = readShare(section, 'max-failure-rate') ?? MAX_FAILURE_RATE
  const maxP99Ms = durationOf(section, 'max-p99')
  section.refuseOthers()
  return { onBreach, path, rate, timeoutMs, versionHeader, maxFailureRate, maxP99Ms }
}
