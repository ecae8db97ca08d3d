import type { CloudWatch } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { findGate } from '../../../ledger/gates.ts'
import { gateId, type MoveId } from '../../../ledger/keys.ts'
import {
  findMove,
  findRoute,
  leaseRoute,
  noteMove,
  openMoves,
  renewLease
} from '../../../ledger/moves.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import type { Driven, MoverPlane, Waiting } from '../../gate-plane.ts'
import { pastOf, readKept, tokenOfStep, type ReadMove } from '../kept-move.ts'
import type { Move } from '../move.ts'
import { drive, LONGEST_WRITE_MS, type Turn } from '../mover.ts'
import type { RouteBalancing } from '../route.ts'
import { conditions, type HealthBalancing } from './conditions.ts'
import { LEASE_MS, ledgerHost } from './ledger-host.ts'
import { takePlans } from './take-plans.ts'

export interface MoverPlaneOptions {
  readonly table: Table
  readonly clock: Clock
  readonly balancing: RouteBalancing & HealthBalancing
  readonly cloudwatch: () => Promise<CloudWatch>
  readonly optionalReads: OptionalReads
}

/** Weighted listeners as the function sees them that moves their weights. */
export function moverPlane(options: MoverPlaneOptions): MoverPlane {
  const { table, clock, balancing } = options
  const broken = conditions(options)
  /** The routes that this process has leased. */
  const leased = new Set<string>()

  return {
    takePlans: (refusal) => takePlans(table, clock, refusal),

    open: async () => (await openMoves(table)).map(({ id }) => id),

    async drive(id, owner) {
      const kept = await findMove(table, id)
      if (!kept?.open) return { kind: 'ended', how: 'before', changed: false }
      const found = readKept(kept)
      const lease = await leaseOf(found, owner)
      if (typeof lease === 'object') return { ...lease, changed: lease.kind === 'ended' }
      const host = ledgerHost({ ...options, balancing, found, owner, leasedUntil: lease, broken })
      const turn = await drive(host)
      if (turn.kind === 'end') {
        await giveBack(found.handed.plan.route, owner)
        return { kind: 'ended', how: turn.end, changed: true }
      }
      return { ...(await drivenTo(turn, id)), changed: host.changes() > 0 }
    },

    async leave(owner) {
      for (const route of leased) await giveBack(route, owner).catch(() => undefined)
    }
  }

  /** Until when this invocation may write; or, if it may not, what becomes of the move. */
  async function leaseOf(found: ReadMove, owner: string): Promise<number | Driven> {
    const { kept, handed } = found
    const { route } = handed.plan
    const at = await findRoute(table, route)
    if (!at || !isSame(at.holder, kept.id)) return abandon(found)
    const now = clock.now()
    const isFree = at.owner === owner || at.owner === '' || at.until + LONGEST_WRITE_MS <= now
    const until = now + LEASE_MS
    if (!isFree || !(await leaseRoute(table, route, at, { owner, until }))) return { kind: 'busy' }
    leased.add(route)
    return until
  }

  async function giveBack(route: string, owner: string): Promise<void> {
    leased.delete(route)
    // An owner of '' would be free at once; one whose time is over is free after the longest write.
    await renewLease(table, route, { owner, until: clock.now() - LONGEST_WRITE_MS })
  }

  /** Two plans were taken at once, and the other one has the route: this move has moved nothing. */
  async function abandon(found: ReadMove): Promise<Driven> {
    const { kept, move } = found
    const over: Move = {
      ...move,
      state: 'restored',
      since: clock.now(),
      cause: { kind: 'cancelled' }
    }
    const past = JSON.stringify(pastOf(found))
    await noteMove(table, kept, { move: JSON.stringify(over), past, ended: true })
    return { kind: 'ended', how: 'restored' }
  }

  async function drivenTo(turn: Turn & { kind: 'wait' | 'lost' }, id: MoveId): Promise<Driven> {
    if (turn.kind === 'lost') return { kind: 'busy' }
    if (turn.until !== undefined) return { kind: 'due', at: turn.until }
    return { kind: 'waits', ask: await unasked(turn.move, id) }
  }

  /** What opens the gate of the step that the move waits for, if it is not open yet. */
  async function unasked({ step }: Move, id: MoveId): Promise<Waiting | undefined> {
    const token = tokenOfStep(id.moveId, step)
    const { deploymentId } = id
    const gate = await findGate(table, gateId(deploymentId, [token]))
    return gate ? undefined : { deploymentId, token }
  }
}

function isSame(one: MoveId, other: MoveId): boolean {
  return one.deploymentId === other.deploymentId && one.moveId === other.moveId
}
