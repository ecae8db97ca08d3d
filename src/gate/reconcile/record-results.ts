import { stoppedByObserver } from '../../ledger/availability-segments.ts'
import { recordResult, type Recorded } from '../../ledger/chain.ts'
import type { Gate, ResultEntry } from '../../ledger/gate.ts'
import { serviceOf } from '../../ledger/gate-facts.ts'
import { awaitsRollback, effectOf, isAtRest } from '../../ledger/of-all-holds.ts'
import type { Platform } from '../platform.ts'
import { awaitsAvailability } from './follow-availability.ts'

/**
 * Puts on record what became of a release whose decision is: that all traffic is on green, if the
 * deployment goes on after it, and how everything has ended, once what production has shown is
 * known too. `givenUp`: nobody will know more, so what is known goes on record.
 *
 * EventBridge delivers a deployment's events with best effort, so no event is read here: the sweep
 * asks the plane for each open gate, at an event and every minute, and this writes what it has noted.
 * Errors: those of the table and of KMS.
 */
export async function recordResults(
  { table, seal, clock, log }: Platform,
  gate: Gate,
  givenUp: boolean
): Promise<Gate> {
  const entry = dueEntry(gate, clock.now(), givenUp)
  if (entry === undefined || !isOnRecord(gate)) return gate
  if (gate.results[entry]?.head !== undefined) return gate
  const { facts } = gate
  const after = await recordResult(table, seal, gate, entry, {
    at: clock.now(),
    stoppedByObserver: await stoppedByObserver(table, serviceOf(facts), facts.releaseId)
  })
  log('info', 'result on record', { gate: facts.id, entry })
  return after
}

function dueEntry(gate: Gate, now: number, givenUp: boolean): ResultEntry | undefined {
  if (effectOf(gate) === 'NONE') return undefined
  const isOver = isAtRest(gate) && !awaitsRollback(gate, now) && !awaitsAvailability(gate, now)
  if (givenUp || isOver) return 'ended'
  const shifted = gate.facts.holds.every(({ deploymentId }) => {
    const result = gate.trafficResults[deploymentId]
    return result?.shiftedAt !== undefined && result.rollback === 'none'
  })
  return shifted ? 'shifted' : undefined
}

function isOnRecord(gate: Gate): gate is Recorded {
  return gate.head !== undefined
}
