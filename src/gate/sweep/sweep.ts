import type { Gate } from '../../ledger/gate.ts'
import { expire, findGate, giveUp, openGates } from '../../ledger/gates.ts'
import { serviceId } from '../../ledger/keys.ts'
import { sayWatched } from '../../ledger/watched.ts'
import { drive } from '../drive/drive.ts'
import { followAvailability } from '../drive/follow-availability.ts'
import { followFate, hasEnded } from '../drive/follow-fate.ts'
import { remind } from '../drive/remind.ts'
import { nobody } from '../decide/closing.ts'
import { IN_LEDGER } from '../decide/reasons.ts'
import type { Platform } from '../platform.ts'
import type { Policy } from '../policy/policy.ts'

/** What one sweep did. */
export interface Swept {
  readonly gates: number
  /** Gates that could not be driven to the end of what is due; the next sweep tries again. */
  readonly failed: number
}

/**
 * Goes over every gate that is not settled: closes those whose time is over or
 * whose deployment has ended, reminds, drives what is recorded and not applied,
 * brings the cards up to date, and says what is watched. Run every minute, and at CodeDeploy's state
 * changes. One gate's trouble is not the others'.
 * Errors: where the open gates could not be listed.
 */
export async function sweep(platform: Platform): Promise<Swept> {
  const policy = await readPolicy(platform)
  await tellJobs(platform, policy)
  const gates = await openGates(platform.table)
  let failed = 0
  for (const listed of gates) {
    try {
      await sweepOne(platform, policy, listed, gates)
    } catch (error) {
      failed++
      platform.log('error', 'gate not swept', { gate: listed.facts.id, why: String(error) })
    }
  }
  return { gates: gates.length, failed }
}

/** Undefined where it cannot be read: gates still expire and effects are still driven. */
async function readPolicy({ policy, log }: Platform): Promise<Policy | undefined> {
  try {
    return await policy()
  } catch (error) {
    log('error', 'policy not readable', { why: String(error) })
    return undefined
  }
}

/** What the pre-flight of a release says of the watchdog; not knowing it keeps no gate waiting. */
async function tellJobs({ table, log }: Platform, policy: Policy | undefined): Promise<void> {
  try {
    await sayWatched(table, policy?.watch)
  } catch (error) {
    log('warn', 'what is watched could not be noted', { why: String(error) })
  }
}

async function sweepOne(
  platform: Platform,
  policy: Policy | undefined,
  listed: Gate,
  all: readonly Gate[]
): Promise<void> {
  const { table, log } = platform
  // The index may lag behind the table.
  let gate = await findGate(table, listed.facts.id)
  if (!gate?.open) return
  gate = await tolerant(gate, (each) => followFate(platform, each))
  gate = await tolerant(gate, (each) => followAvailability(platform, each))
  gate = await closeIfOver(platform, policy, gate, all)
  gate = await drive(platform, gate, policy)
  if (policy) await tolerant(gate, (each) => remind(platform, policy, each))

  /** CodeDeploy not answering must not keep a gate from expiring. */
  async function tolerant(before: Gate, next: (gate: Gate) => Promise<Gate>): Promise<Gate> {
    try {
      return await next(before)
    } catch (error) {
      log('warn', 'swept in part', { gate: before.facts.id, why: String(error) })
      return before
    }
  }
}

async function closeIfOver(
  { table, clock }: Platform,
  policy: Policy | undefined,
  gate: Gate,
  all: readonly Gate[]
): Promise<Gate> {
  if (gate.state !== 'PENDING') return gate
  const now = clock.now()
  const newer = newerGate(gate, all)
  const withdraw = (reason: string): ReturnType<typeof giveUp> =>
    giveUp(table, gate, 'WITHDRAWN', nobody(now, reason, policy))
  const closed = newer
    ? await withdraw(IN_LEDGER.superseded(newer.facts.deploymentId))
    : hasEnded(gate)
      ? await withdraw(IN_LEDGER['deployment-ended']())
      : now >= gate.facts.expiresAt
        ? await expire(table, gate, nobody(now, undefined, policy))
        : gate
  return closed ?? (await findGate(table, gate.facts.id)) ?? gate
}

/** A later deployment's gate of the same service: CodeDeploy runs one at a time, so this one is over. */
function newerGate(gate: Gate, all: readonly Gate[]): Gate | undefined {
  const { facts } = gate
  const service = serviceId(facts.cluster, facts.service)
  return all.find(
    ({ facts: other }) =>
      serviceId(other.cluster, other.service) === service &&
      other.deploymentId !== facts.deploymentId &&
      other.deploymentCreatedAt > facts.deploymentCreatedAt
  )
}
