import type { Metric } from './queries.ts'

/** `12,000`, or `34 ms`. Response times below 10 ms have one decimal. */
export function figure(metric: Metric, value: number): string {
  return written(metric, value, metric === 'response-time' && value < 10 ? 1 : 0)
}

/** With up to three decimals, for comparison with another figure: `300.02 ms`. */
export function exactFigure(metric: Metric, value: number): string {
  return written(metric, value, 3)
}

function written(metric: Metric, value: number, digits: number): string {
  const text = value.toLocaleString('en-US', { maximumFractionDigits: digits })
  return metric === 'response-time' ? `${text} ms` : text
}
