import type { Evidence } from '../../release/evidence.ts'
import type { Verification } from './model.ts'

/** Evidence that has not arrived yet. */
export type Announced = Pick<Evidence, 'name' | 'required'>

/** Returns the evidence that requests to green give: checks and flows, in the order in which they arrive. */
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
 * Returns the evidence that a verification gives, in the order in which it
 * arrives. It is announced before anything is measured, so that the gate notices
 * if a piece never arrives.
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

/**
 * Returns the part of a verification that is left for the job if functions
 * inside the VPC ask green and observe production. The job still puts load on
 * green, because that takes a machine of its own.
 */
export function leftForJob(verification: Verification): Verification {
  return { ...verification, checks: undefined, flows: [], availability: undefined }
}
