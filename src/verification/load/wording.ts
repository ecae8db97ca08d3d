import type { ThresholdResult } from '../../release/evidence.ts'
import { count, percent } from '../../release/report-words.ts'
import type { Figures } from './figures.ts'

/** The figures in one line: `p99 312 ms, 0.02 % of 12,345 requests failed, 3 of 3 thresholds hold`. */
export function inWords(figures: Figures, thresholds: readonly ThresholdResult[]): string {
  const { latency, requests, failureRate } = figures
  return [
    latency === undefined ? 'no answer' : `p99 ${milliseconds(latency.p99)}`,
    `${percent(failureRate)} of ${count(requests)} requests failed`,
    ...thresholdsInWords(thresholds)
  ].join(', ')
}

function thresholdsInWords(thresholds: readonly ThresholdResult[]): string[] {
  if (thresholds.length === 0) return []
  const others = thresholds.filter(({ passed }) => !passed)
  const held = thresholds.length - others.length
  const counts = `${held} of ${thresholds.length} thresholds hold`
  if (others.length === 0) return [counts]
  const named = others
    .slice(0, 2)
    .map(({ text, measured }) => (measured === undefined ? `${text} (not measured)` : text))
  const more = others.length > named.length ? ` and ${others.length - named.length} more` : ''
  return [`${counts}, not ${named.join(' and not ')}${more}`]
}

function milliseconds(ms: number): string {
  return ms < 10 ? `${Number(ms.toFixed(1))} ms` : `${count(Math.round(ms))} ms`
}
