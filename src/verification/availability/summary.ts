import { count } from '../../release/report-words.ts'
import type { PhaseOfTraffic } from '../../release/evidence.ts'

/** Such as `0 of 12,000 requests failed; p99 before 4 ms, shift 9 ms`. */
export function summarise(
  total: number,
  failed: number,
  phases: readonly Pick<PhaseOfTraffic, 'name' | 'latency'>[],
  breach: string | undefined
): string {
  if (total === 0) return 'no request was sent'
  const latencies = phases.flatMap(({ name, latency }) =>
    latency ? [`${name} ${milliseconds(latency.p99)}`] : []
  )
  return [
    `${count(failed)} of ${count(total)} requests failed`,
    ...(latencies.length > 0 ? [`p99 ${latencies.join(', ')}`] : []),
    ...(breach === undefined ? [] : [`limit broken: ${breach}`])
  ].join('; ')
}

function milliseconds(ms: number): string {
  return `${ms < 1 ? ms.toFixed(1) : count(Math.round(ms))} ms`
}
