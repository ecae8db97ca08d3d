import type { Evidence } from '../../release/evidence.ts'
import type { Verification } from './model.ts'

/** Evidence that is to come. */
export type Announced = Pick<Evidence, 'name' | 'required'>

/** What requests to green bring: checks and flows, in the order in which they come. */
export function announcedOfGreen({
  checks,
  flows
}: Pick<Verification, 'checks' | 'flows'>): readonly Announced[] {
  return [
    ...(checks ? [{ name: 'checks', required: checks.required }] : []),
    ...flows.map(({ name, required }) => ({ name, required }))
  ]
}

/**
 * What a verification brings, in the order in which it comes: said before
 * anything is measured, so that what never arrives is missed.
 */
export function announced({
  checks,
  flows,
  load,
  recovery,
  metrics
}: Verification): readonly Announced[] {
  return [
    ...announcedOfGreen({ checks, flows }),
    ...(load ? [{ name: 'load', required: load.required }] : []),
    ...(recovery ? [{ name: 'recovery', required: recovery.required }] : []),
    ...(metrics ? [{ name: 'metrics', required: metrics.required }] : [])
  ]
}
