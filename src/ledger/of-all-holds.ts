import type { Effect, Gate, TrafficResult } from './gate.ts'

/*
 * What is noted for each hold of a gate, as one answer for the gate. With one hold it is what is
 * noted for that one.
 */

/** NONE while a hold is not answered; LATE if the answer to one of them came too late. */
export function effectOf({ effects }: Pick<Gate, 'effects'>): Effect {
  const all = Object.values(effects)
  return all.includes('NONE') ? 'NONE' : all.includes('LATE') ? 'LATE' : 'APPLIED'
}

/** From the worst to the best. */
const STATUSES: readonly TrafficResult['status'][] = ['failed', 'stopped', 'shifting', 'released']
const ROLLBACKS: readonly TrafficResult['rollback'][] = [
  'failed',
  'in-progress',
  'succeeded',
  'none'
]

/**
 * The worst that has become of the traffic; undefined while no deployment has begun to shift it.
 * A release of which one service has all its traffic and another none yet is still shifting.
 */
export function trafficResultOf({
  facts,
  trafficResults
}: Pick<Gate, 'facts' | 'trafficResults'>): TrafficResult | undefined {
  const known = Object.values(trafficResults)
  const status = STATUSES.find((each) => known.some((result) => result.status === each))
  const worst = known.find((result) => result.status === status)
  if (!worst) return undefined
  const { beganAt: _, shiftedAt: __, rolledBackAt, ...rest } = worst
  const whole = { ...rest, ...momentsOf(known, facts.holds.length) }
  if (worst.status === 'released' && known.length < facts.holds.length) {
    return { ...whole, status: 'shifting' }
  }
  const rollback =
    ROLLBACKS.find((each) => known.some((result) => result.rollback === each)) ?? worst.rollback
  const isOver = rollback === worst.rollback && rolledBackAt !== undefined
  return { ...whole, rollback, ...(isOver && { rolledBackAt }) }
}

/** The first that moved any traffic, and the last of all that have moved theirs. */
function momentsOf(
  known: readonly TrafficResult[],
  holds: number
): Pick<TrafficResult, 'beganAt' | 'shiftedAt'> {
  const began = known.flatMap(({ beganAt }) => beganAt ?? [])
  const moved = known.flatMap(({ shiftedAt }) => shiftedAt ?? [])
  return {
    ...(began.length > 0 && { beganAt: Math.min(...began) }),
    ...(moved.length === holds && { shiftedAt: Math.max(...moved) })
  }
}

/** How long a rollback may take to appear at a deployment that has ended; the job waits half as long. */
const ROLLBACK_APPEARS_MS = 60_000

/**
 * Whether a rollback of a deployment that has failed or was stopped may still appear: its plane
 * begins it a moment after the end.
 */
export function awaitsRollback(
  { trafficResults }: Pick<Gate, 'trafficResults'>,
  now: number
): boolean {
  return Object.values(trafficResults).some(
    ({ status, rollback, at }) =>
      (status === 'failed' || status === 'stopped') &&
      rollback === 'none' &&
      now - at < ROLLBACK_APPEARS_MS
  )
}

/** Whether a deployment of the release has ended, whatever its rollback still does. */
export function hasEnded({ trafficResults }: Pick<Gate, 'trafficResults'>): boolean {
  return Object.values(trafficResults).some(({ status }) => status !== 'shifting')
}

/** Whether no traffic of the release moves any more. */
export function isAtRest({
  facts,
  trafficResults
}: Pick<Gate, 'facts' | 'trafficResults'>): boolean {
  return facts.holds.every(({ deploymentId }) => {
    const result = trafficResults[deploymentId]
    return result && result.status !== 'shifting' && result.rollback !== 'in-progress'
  })
}
