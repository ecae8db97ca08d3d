import { recordResult, type Recorded } from '../../ledger/chain.ts'
import type { Effect, Gate } from '../../ledger/gate.ts'
import { noteRollbackEffect } from '../../ledger/gate-results.ts'
import { planeOf } from '../find-plane.ts'
import type { Platform } from '../platform.ts'

/**
 * Carries out a person's decision to roll back: first it goes on record, then the planes of the
 * holds are told. Both can be done again, by whichever function comes first.
 * Errors: those of the ledger, of KMS and of the planes.
 */
export async function carryRollback(platform: Platform, gate: Gate): Promise<Gate> {
  const { table, seal, clock, planes, log } = platform
  const { rollback } = gate
  if (!rollback || gate.rollbackEffect !== 'NONE' || !isOnRecord(gate)) return gate
  const observed = { at: clock.now(), stoppedByObserver: undefined }
  const recorded = await recordResult(table, seal, gate, 'rollback', observed)
  let effect: Exclude<Effect, 'NONE'> = 'LATE'
  for (const hold of recorded.facts.holds) {
    const plane = await planeOf(planes, hold.plane)
    if ((await plane.rollBack?.(hold, rollback.by.id)) === 'accepted') effect = 'APPLIED'
  }
  log('info', 'roll back told', { gate: gate.facts.id, effect })
  return (await noteRollbackEffect(table, recorded, effect)) ?? recorded
}

function isOnRecord(gate: Gate): gate is Recorded {
  return gate.head !== undefined
}
