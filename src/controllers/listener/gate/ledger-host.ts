import { findGate } from '../../../ledger/gates.ts'
import { gateId } from '../../../ledger/keys.ts'
import {
  handedBack,
  movesOf,
  noteDeployed,
  noteMove,
  renewLease,
  type Said
} from '../../../ledger/moves.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import { readJobsCause } from '../handed-plan.ts'
import { say } from '../../../words/say.ts'
import { pastOf, readKept, tokenOfStep, type ReadMove } from '../kept-move.ts'
import type { Cause, Move } from '../move.ts'
import { LONGEST_WRITE_MS, type MoverHost } from '../mover.ts'
import { kindOfRoute, readActions, writeRoute, type RouteBalancing } from '../route.ts'
import { weightsIn, withWeights } from '../weights.ts'

/** What a mover in the gate works with. */
export interface LedgerHostOptions {
  readonly table: Table
  readonly clock: Clock
  readonly balancing: RouteBalancing
  /** The move as it was found. */
  readonly found: ReadMove
  /** The invocation that has leased the route. */
  readonly owner: string
  readonly leasedUntil: number
  /** Why the move has to go back, by what is measured; undefined if nothing is wrong. */
  readonly broken: (found: ReadMove) => Promise<string | undefined>
}

/** How long an invocation may write before another one takes its place. */
export const LEASE_MS = 60_000
/** A lease is prolonged in time for the longest write and for what comes before it. */
const RENEW_BEFORE_MS = 2 * LONGEST_WRITE_MS
/** ELB answers the next read from another server, which may not know of the write yet. */
const PAUSE_MS = 1_000

/** The gate as host of the mover: each change of the move is a conditional write in the ledger. */
export function ledgerHost(
  options: LedgerHostOptions
): MoverHost & { readonly changes: () => number } {
  const { table, clock, balancing, owner, broken } = options
  const { id, service } = options.found.kept
  const { route, pair } = options.found.handed.plan
  let { leasedUntil, found } = options
  let changes = 0
  let said: Said = { answers: {}, back: undefined }

  return {
    changes: () => changes,
    now: () => clock.now(),
    leasedUntil: () => leasedUntil,

    async read() {
      await renew()
      const all = await movesOf(table, id.deploymentId)
      const own = all.find(({ kept }) => kept.id.moveId === id.moveId)
      if (!own) throw new Error(say`move ${id.moveId} is gone`)
      found = readKept(own.kept)
      said = own.said
      return { plan: found.handed.plan, move: found.move, version: found.kept.version }
    },

    async ask(_, move) {
      return { allowed: said.answers[move.step] === 'go', back: await backOf(move) }
    },

    async look() {
      const place = { arn: route, kind: kindOfRoute(route) }
      const actions = (await readActions(balancing, place)) ?? []
      return {
        live: weightsIn(actions, pair),
        write: (weights) => writeRoute(balancing, place, withWeights(actions, pair, weights))
      }
    },

    async record(move, version) {
      // Before the move has ended, so that whoever takes over after a crash does it again.
      if (move.state === 'completed') await noteDeployed(table, route, id, pair.to)
      const past = JSON.stringify(pastOf(found))
      const ended = ENDS.has(move.state)
      const noted = await noteMove(
        table,
        { id, version },
        { move: JSON.stringify(move), past, ended }
      )
      if (noted) changes++
      return noted
    },

    pause: () => clock.sleep(PAUSE_MS)
  }

  /** If the lease cannot be prolonged, somebody else has it, and the mover writes nothing. */
  async function renew(): Promise<void> {
    const now = clock.now()
    if (now + RENEW_BEFORE_MS < leasedUntil) return
    const until = now + LEASE_MS
    leasedUntil = (await renewLease(table, route, { owner, until })) ? until : 0
  }

  async function backOf(move: Move): Promise<Cause | undefined> {
    if (ENDS.has(move.state)) return undefined
    if (said.back !== undefined) return { kind: 'person', by: said.back }
    if (move.state === 'waiting' && said.answers[move.step] === 'no-go') return refusalOf(move)
    const asked = await handedBack(table, service, id)
    if (asked !== undefined) return readJobsCause(asked)
    if (move.state === 'restoring') return undefined
    const problem = await broken(found)
    return problem === undefined ? undefined : { kind: 'condition', broken: problem }
  }

  async function refusalOf({ step }: Move): Promise<Cause> {
    const gate = await findGate(table, gateId(id.deploymentId, [tokenOfStep(id.moveId, step)]))
    if (gate?.state === 'REJECTED') return { kind: 'rejected' }
    return { kind: gate?.state === 'EXPIRED' ? 'expired' : 'cancelled' }
  }
}

const ENDS: ReadonlySet<Move['state']> = new Set(['completed', 'restored', 'left', 'foreign'])
