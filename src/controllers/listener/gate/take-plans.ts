import { serviceId, type MoveId } from '../../../ledger/keys.ts'
import {
  createMove,
  findMove,
  findRoute,
  handedPlans,
  holdRoute,
  movesOf,
  type HandedIn
} from '../../../ledger/moves.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import { say } from '../../../words/say.ts'
import { readHandedPlan, TAKEN_WITHIN_MS, type HandedPlan } from '../handed-plan.ts'
import { readKept } from '../kept-move.ts'
import { firstMove } from '../move.ts'

/**
 * Begins a move for each plan that jobs have handed in and nobody has taken. From then on the
 * gate's own copy counts, which CI cannot change. A plan that may not be carried out is refused on
 * record. An old plan is left alone: its job has given up, and nobody expects traffic to move.
 * Errors: those of the table.
 */
export async function takePlans(
  table: Table,
  clock: Clock,
  refusal: (service: string, route: string) => string | undefined
): Promise<void> {
  for (const handedIn of await handedPlans(table)) {
    const id = idIn(handedIn.name)
    if (id && !(await findMove(table, id))) await take(id, handedIn)
  }

  async function take(id: MoveId, { service, text }: HandedIn): Promise<void> {
    const at = clock.now()
    const handed = readHandedPlan(text)
    if (typeof handed !== 'string' && at - handed.at > TAKEN_WITHIN_MS) return
    const problem = typeof handed === 'string' ? handed : await problemOf(id, service, handed)
    if (problem !== undefined || typeof handed === 'string') {
      // Of a plan that cannot be read there is nothing to keep.
      await createMove(table, { id, service, plan: '', move: '', at }, problem)
      return
    }
    const { route } = handed.plan
    const found = await findRoute(table, route)
    const holder = found && (await findMove(table, found.holder))
    if (holder?.open === true) {
      const busy = say`release ${holder.id.deploymentId} of ${holder.service} is moving the same listener or rule`
      await createMove(table, { id, service, plan: '', move: '', at }, busy)
      return
    }
    // If somebody else was faster, the next look sees what they have done.
    if (!(await holdRoute(table, route, found, id))) return
    const move = JSON.stringify(firstMove(handed.plan, at))
    await createMove(table, { id, service, plan: JSON.stringify(handed), move, at })
  }

  async function problemOf(
    { deploymentId, moveId }: MoveId,
    service: string,
    handed: HandedPlan
  ): Promise<string | undefined> {
    const { plan } = handed
    const isOwn =
      handed.deploymentId === deploymentId &&
      plan.releaseId === moveId &&
      serviceId(handed.cluster, handed.service) === service
    if (!isOwn)
      return say`the plan speaks of another release than the one that it was handed in for`
    const others = await movesOf(table, deploymentId)
    const isAnothers = others.some(
      ({ kept }) => kept.refused === undefined && kept.service !== service
    )
    if (isAnothers) {
      return say`release ${deploymentId} is of another service`
    }
    // A release goes on with a further move only while it goes well. Otherwise whoever can write a
    // plan could have one decided as what somebody else has asked for before.
    const failed = others.find(
      ({ kept }) => kept.refused === undefined && readKept(kept).move.state !== 'completed'
    )
    if (failed) {
      return say`move ${failed.kept.id.moveId} of the same release has not been completed`
    }
    return refusal(service, plan.route)
  }
}

/** The ids in the sort key of a plan (`handedKey`). */
function idIn(name: string): MoveId | undefined {
  const [, deploymentId, moveId] = /^([\w:/-]{1,256})#move#([\w:/-]{1,256})#plan$/.exec(name) ?? []
  return deploymentId === undefined || moveId === undefined ? undefined : { deploymentId, moveId }
}
