import type { Members } from '../../documents/members.ts'
import { durationOf } from './conditions.ts'
import type { Availability } from './model.ts'

const RATE = 10
const HIGHEST_RATE = 200
const MAX_FAILURE_RATE = 0.01
const TIMEOUT_MS = 5_000
const LONGEST_TIMEOUT_MS = 60_000

/** The `availability` section; undefined where there is none. */
export function readAvailability(root: Members): Availability | undefined {
  const section = root.mapping('availability')
  if (!section) return undefined
  section.require('on-breach', 'path')
  const onBreach = section.oneOf('on-breach', ['stop', 'report'] as const) ?? 'stop'
  const path = section.text('path') ?? '/'
  if (!/^\/(?!\/)[^\s\\#]*$/.test(path)) {
    section.refuse('path', `found ${JSON.stringify(path)}, wanted a path that starts with one /`)
  }
  const rate = section.wholeNumber('rate', 1, HIGHEST_RATE) ?? RATE
  const timeoutMs = durationOf(section, 'timeout') ?? TIMEOUT_MS
  if (timeoutMs > LONGEST_TIMEOUT_MS) {
    section.refuse('timeout', `wanted at most ${LONGEST_TIMEOUT_MS / 1000} s`)
  }
  const versionHeader = section.text('version-header') ?? 'x-app-version'
  const maxFailureRate = readShare(section) ?? MAX_FAILURE_RATE
  const maxP99Ms = durationOf(section, 'max-p99')
  section.refuseOthers()
  return { onBreach, path, rate, timeoutMs, versionHeader, maxFailureRate, maxP99Ms }
}

/** `1 %` as 0.01. */
function readShare(section: Members): number | undefined {
  const value = section.value('max-failure-rate')
  if (value === undefined) return undefined
  const [, figure] =
    typeof value === 'string' ? (/^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(value.trim()) ?? []) : []
  const share = figure === undefined ? undefined : Number(figure) / 100
  return share !== undefined && share <= 1
    ? share
    : section.refuse('max-failure-rate', 'wanted a share such as 1 % or 0.5 %')
}
