import type { LoadCheck, ScriptFigures, ThresholdResult } from '../../release/evidence.ts'
import { count, milliseconds, percent } from '../../release/report-words.ts'
import { say } from '../../words/say.ts'
import type { Figures } from '../load/figures.ts'

/** How many of those that have failed are named in the summary. */
const MOST_NAMED = 2

/**
 * Writes the figures in one line: `p99 312 ms, 2 of 12,345 requests failed (0.02 %), 3 of 3
 * thresholds hold`.
 */
export function inWords(
  { latency, requests, failed, failureRate }: Figures,
  thresholds: readonly ThresholdResult[],
  checks: readonly LoadCheck[] = [],
  errors: ScriptFigures['errors'] = []
): string {
  return [
    latency === undefined ? say`no answer` : say`p99 ${wholeMilliseconds(latency.p99)}`,
    failed === 0
      ? say`${0} of ${count(requests)} requests failed`
      : say`${count(failed)} of ${count(requests)} requests failed (${percent(failureRate)})`,
    ...checksInWords(checks),
    ...thresholdsInWords(thresholds),
    ...errorsInWords(errors)
  ].join(', ')
}

function thresholdsInWords(thresholds: readonly ThresholdResult[]): string[] {
  if (thresholds.length === 0) return []
  const others = thresholds.filter(({ passed }) => !passed)
  const [held, all] = [thresholds.length - others.length, thresholds.length]
  const empty = thresholds.filter(({ passed, measured }) => passed && measured === undefined).length
  const counts =
    empty === 0
      ? say`${held} of ${all} thresholds hold`
      : say`${held} of ${all} thresholds hold (${empty} without a sample)`
  return [
    named(
      counts,
      others.map(({ text, measured }) =>
        measured === undefined ? say`${text} (not measured)` : text
      )
    )
  ]
}

/** Such as `2 of 3 checks pass, not "total is right" (0 of 100)`. */
function checksInWords(checks: readonly LoadCheck[]): string[] {
  if (checks.length === 0) return []
  const others = checks.filter(({ passed }) => !passed)
  const now = checks.filter(({ passed, fails }) => passed && fails > 0)
  const [held, all] = [checks.length - others.length, checks.length]
  const counts = named(
    say`${held} of ${all} checks pass`,
    others.map((check) => say`"${check.name}" (${passesOf(check)})`)
  )
  const sometimes = now.slice(0, MOST_NAMED).map(({ name, fails, passes }) => {
    return say`"${name}" failed ${count(fails)} of ${count(passes + fails)} times`
  })
  return [counts, ...sometimes, ...more(now.length - sometimes.length)]
}

function passesOf({ passes, fails }: LoadCheck): string {
  if (passes + fails === 0) return say`never ran`
  return say`passed ${count(passes)} of ${count(passes + fails)} times`
}

function named(counts: string, others: readonly string[]): string {
  if (others.length === 0) return counts
  const shown = others.slice(0, MOST_NAMED).join(', ')
  const left = others.length - MOST_NAMED
  return left > 0 ? say`${counts}, not ${shown} and ${left} more` : say`${counts}, not ${shown}`
}

function more(left: number): string[] {
  return left > 0 ? [say`and ${left} more`] : []
}

function errorsInWords(errors: ScriptFigures['errors']): string[] {
  const times = errors.reduce((sum, each) => sum + each.times, 0)
  if (times === 0) return []
  return times === 1
    ? [say`the script logged an error`]
    : [say`the script logged ${count(times)} errors`]
}

/** Below ten with one decimal; a thousand with its comma. */
function wholeMilliseconds(ms: number): string {
  return ms < 10 ? milliseconds(ms) : `${count(Math.round(ms))} ms`
}

export function noCheckRan(): string {
  return say`no check ran, although the file has load.checks`
}

/** What is wrong if k6 and this action judge the thresholds of the script differently. */
export const CONTRADICTIONS = {
  crossedUnseen: (): string =>
    say`k6 ended with exit code 99, a threshold was crossed, but by its figures none is, so the load counts as failed`,
  heldUnseen: (texts: readonly string[]): string =>
    say`k6 ended with exit code 0, every threshold holds, but by its figures this does not: ${texts.join(', ')}; so the load counts as failed`
}

export function k6Missing(reason: string): string {
  return say`k6 is not there (${reason}), so its script did not run`
}

export function nothingToSend(): string {
  return say`the load has no requests to send instead; install k6, say in k6-path where it is, or give requests`
}

export function stoppedEarly(): string {
  return say`stopped early`
}

export function thresholdsOfTheScript(): string {
  return say`thresholds of the script`
}

/** What went wrong with k6 itself. */
export const K6_WORDS = {
  interrupted: (): string => say`interrupted`,
  interruptedThen: (what: string): string => say`interrupted, ${what}`,
  noVersion: (code: string, last: string): string =>
    say`k6 version says no version, exit code ${code}${last}`,
  killed: (): string => say`killed by a signal`,
  exitCode: (code: number): string => say`exit code ${code}`,
  exitCodeMeaning: (code: number, meaning: string): string => say`exit code ${code}, ${meaning}`,
  summaryTooLong: (bytes: number): string => say`its summary is longer than ${bytes} bytes`,
  noSummary: (): string =>
    say`k6 wrote no summary (--no-summary and --summary-mode=disabled keep it from doing so)`
}

/** The meaning of k6's exit codes (its package errext/exitcodes). */
export function meaningOfExit(code: number): string | undefined {
  switch (code) {
    case 97:
      return say`the cloud run failed`
    case 98:
      return say`the cloud run could not be followed`
    case 100:
      return say`setup() took too long`
    case 101:
      return say`teardown() took too long`
    case 104:
      return say`the options are not valid`
    case 105:
      return say`it was interrupted`
    case 107:
      return say`the script threw an error`
    case 108:
      return say`the script aborted the test`
    case 109:
      return say`k6 crashed`
    case 110:
      return say`the script marked the test as failed`
    default:
      return undefined
  }
}

/** Progress of the built-in load. */
export function soFar(seconds: number, requests: number, failed: number): string {
  return say`${seconds} s: ${count(requests)} requests, ${count(failed)} failed`
}

/** What went wrong with the built-in load. */
export const BUILTIN_WORDS = {
  overdue: (): string => say`it has not ended when it should have`,
  hopeless: (reason: string | undefined): string =>
    say`1,000 requests in a row had no answer (${reason ?? say`no reason`})`
}
