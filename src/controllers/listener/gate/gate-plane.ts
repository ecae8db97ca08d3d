import { isMapping } from '../../../documents/mapping.ts'
import type { Hold } from '../../../ledger/gate-facts.ts'
import { movesOf, sayAnswer, sayBack, type Said } from '../../../ledger/moves.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Clock } from '../../../release/clock.ts'
import type { GatePlane, Waiting } from '../../gate-plane.ts'
import type { HandedPlan } from '../handed-plan.ts'
import { say } from '../../../words/say.ts'
import { askedSteps, readKept, stepOfToken, type ReadMove } from '../kept-move.ts'
import { trafficResultOf } from './traffic-result.ts'

export interface ListenerGateOptions {
  readonly table: Pick<Table, 'query' | 'create'>
  readonly clock: Clock
  readonly region: string
  /** What the tasks run of the side that traffic moves to (sides.ts). */
  readonly running: (handed: HandedPlan) => ReturnType<GatePlane['running']>
}

/** The gate says no so long before the hold runs out (gate/request/facts.ts), so it is held longer. */
const BEFORE_EXPIRY_MS = 5 * 60_000
const MINUTE_MS = 60_000

type Found = ReadMove & { readonly said: Said }

/**
 * Weighted listeners as the callback and the sweep see them. Nothing but the ledger waits here:
 * a hold is a step that a person is asked before, its answer is an item that only the gate's
 * functions can write, and the mover goes on when it is there. So every deployment of this plane
 * is gated by construction: without an answer no function moves anything.
 */
export function gatePlane({ table, clock, region, running }: ListenerGateOptions): GatePlane {
  return {
    waitingIn,

    async describe(deploymentId) {
      const found = await lastAsked(deploymentId)
      const { handed, said } = found
      const { step, at: openedAt } = found.asked
      const { cluster, service, sides, plan } = handed
      return {
        hold: {
          plane: 'listener',
          deploymentId,
          cluster,
          service,
          openedAt,
          expiresAt: openedAt + handed.answerMinutes * MINUTE_MS + BEFORE_EXPIRY_MS
        },
        region,
        createdAt: handed.createdAt,
        isRollback: false,
        answered: said.answers[step],
        consoleUrl: undefined,
        names: { listener: plan.route, from: sides.from, to: sides.to }
      }
    },

    async answer({ deploymentId, token }, answer) {
      const wanted = stepOfToken(token)
      const found = (await moves(deploymentId)).find(
        ({ kept }) => kept.id.moveId === wanted?.moveId
      )
      if (!found || !wanted) return 'gone'
      if (found.said.answers[wanted.step] !== undefined) return 'answered-before'
      const { state, step } = found.move
      if (state !== 'waiting' || step !== wanted.step) return 'gone'
      const said = await sayAnswer(table, found.kept.id, step, { answer, at: clock.now() })
      return said ? 'accepted' : 'answered-before'
    },

    async answered(hold) {
      const found = await moveOf(hold)
      return found?.said.answers[found.asked.step]
    },

    async trafficResult(hold) {
      const found = await moveOf(hold)
      return found && trafficResultOf(found)
    },

    async running(hold) {
      const found = await moveOf(hold)
      return found && running(found.handed)
    },

    async rollBack(hold, by) {
      const found = await moveOf(hold)
      if (!found?.kept.open) return 'gone'
      // If somebody was faster, the start comes back all the same.
      await sayBack(table, found.kept.id, { by, at: clock.now() })
      return 'accepted'
    }
  }

  async function moves(deploymentId: string): Promise<readonly Found[]> {
    const kept = await movesOf(table, deploymentId)
    return kept
      .filter((each) => each.kept.refused === undefined)
      .map((each) => ({ ...readKept(each.kept), said: each.said }))
  }

  type Asked = Found & { readonly asked: ReturnType<typeof askedSteps>[number] }

  async function allAsked(deploymentId: string): Promise<readonly Asked[]> {
    return (await moves(deploymentId)).flatMap((found) =>
      askedSteps(found).map((asked) => ({ ...found, asked }))
    )
  }

  /** What a release waits for now, or has waited for last. */
  async function lastAsked(deploymentId: string): Promise<Asked> {
    const all = await allAsked(deploymentId)
    const last = [...all].sort((one, other) => one.asked.at - other.asked.at).at(-1)
    if (last) return last
    throw new Error(say`release ${deploymentId} waits for nobody`)
  }

  async function moveOf({ deploymentId, openedAt }: Hold): Promise<Asked | undefined> {
    return (await allAsked(deploymentId)).find(({ asked }) => asked.at === openedAt)
  }
}

function waitingIn(event: unknown): Waiting | undefined {
  if (!isMapping(event) || event['plane'] !== 'listener') return undefined
  const { deploymentId, token } = event
  if (typeof deploymentId !== 'string' || typeof token !== 'string') return undefined
  return stepOfToken(token) && { deploymentId, token }
}
