import type { ProbeResult } from '../../../src/verification/availability/probe.ts'

/** A request that went well, with what a test is about. */
export function result(given: Partial<ProbeResult> = {}): ProbeResult {
  return { at: 0, ms: 4, version: '1', failure: undefined, ...given }
}

/** One to which nothing answered. */
export function failure(at: number, reason = 'connection refused', ms = 1): ProbeResult {
  return { at, ms, version: undefined, failure: reason }
}
