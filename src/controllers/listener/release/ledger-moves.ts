import { gateId, serviceId, type MoveId } from '../../../ledger/keys.ts'
import { findGate } from '../../../ledger/gates.ts'
import type { GateState as StateOfGate } from '../../../ledger/gate.ts'
import { findMove, findRoute, handIn, type KeptMove } from '../../../ledger/moves.ts'
import type { Table } from '../../../ledger/table.ts'
import type { Mapping } from '../../../documents/mapping.ts'
import type { Clock } from '../../../release/clock.ts'
import { CannotSee, CannotStop } from '../../../release/controller.ts'
import type { GateState } from '../../../release/snapshot.ts'
import type { Metrics } from '../../../verification/file/model.ts'
import { say } from '../../../words/say.ts'
import { describeError, kindOf } from '../../../aws/errors.ts'
import { NotStarted } from '../../control-plane.ts'
import { ANSWER_MINUTES, readHandedPlan, TAKEN_WITHIN_MS, type HandedPlan } from '../handed-plan.ts'
import { askedSteps, readKept, tokenOfStep, type ReadMove } from '../kept-move.ts'
import type { MovePlan } from '../move.ts'
import type { Weights } from '../weights.ts'
import type { Before, Moves, SeenMove } from './moves.ts'

export interface LedgerMovesOptions {
  readonly table: Pick<Table, 'get' | 'create'>
  readonly clock: Clock
  /** The service under whose rules the gate is decided; with `deploy: none` the name that stands for it. */
  readonly cluster: string
  readonly service: string
  /** The id under which the release's record stands, for all of its moves. */
  readonly deploymentId: string
  /** When the release began; GitHub's token for its record was issued then. */
  readonly createdAt: number
  /** The ECS service behind a target group; undefined if another pipeline fills them (`deploy: none`). */
  readonly ecs?:
    | { readonly cluster: string; readonly serviceOf: (targetGroup: string) => string }
    | undefined
  /** How people call a target group, by its ARN; `prod1` say. */
  readonly sideOf: (targetGroup: string) => string
  /** Healthy targets without which a side may have no traffic; undefined for one. */
  readonly minHealthy: number | undefined
  /** How long a person may take for an answer; undefined for an hour. */
  readonly answerMinutes?: number | undefined
  /** What the verification file demands of CloudWatch's figures; undefined if nothing. */
  readonly metrics?: Pick<Metrics, 'alarms' | 'limits'> | undefined
  /** The weights that the route has now; undefined if that is not known. */
  readonly look: (plan: MovePlan) => Promise<Weights | undefined>
}

/** Longer than that, so that a plan that was not taken is known not to start. */
const WAIT_FOR_MOVER_MS = TAKEN_WITHIN_MS + 60_000
const BETWEEN_LOOKS_MS = 2_000

/** With a ledger the gate's functions move the weights, from a plan that the job writes. */
export function ledgerMoves(options: LedgerMovesOptions): Moves {
  const { table, clock, cluster, service, deploymentId } = options
  const name = serviceId(cluster, service)
  const idOf = (moveId: string): MoveId => ({ deploymentId, moveId })

  return {
    async begin(plan) {
      const at = clock.now()
      const { from, to } = plan.pair
      const handed: HandedPlan = {
        version: 1,
        deploymentId,
        cluster,
        service,
        sides: { from: options.sideOf(from), to: options.sideOf(to) },
        plan,
        ecs: options.ecs && {
          cluster: options.ecs.cluster,
          from: options.ecs.serviceOf(from),
          to: options.ecs.serviceOf(to)
        },
        createdAt: options.createdAt,
        at,
        minHealthy: options.minHealthy ?? 1,
        answerMinutes: options.answerMinutes ?? ANSWER_MINUTES,
        metrics: options.metrics && sectionOf(options.metrics)
      }
      const text = JSON.stringify(handed)
      const problem = readHandedPlan(text)
      if (typeof problem === 'string') throw new NotStarted(problem, true)
      await handIn(table, name, idOf(plan.releaseId), 'plan', { text, at })
      const until = clock.now() + WAIT_FOR_MOVER_MS
      for (;;) {
        const kept = await findMove(table, idOf(plan.releaseId))
        if (kept?.refused !== undefined) {
          throw new NotStarted(say`the gate refuses the plan: ${kept.refused}`, true)
        }
        if (kept) return
        if (clock.now() >= until) break
        await clock.sleep(BETWEEN_LOOKS_MS)
      }
      const minutes = WAIT_FOR_MOVER_MS / 60_000
      throw new NotStarted(
        say`no function of the gate has taken the plan within ${minutes} minutes, and none will. The stack of the gate needs the parameter FailoverRoutes (docs/failover.md), and the log of its function "mover" says more`,
        true
      )
    },

    async read(moveId) {
      const found = await seeing(async () => {
        const kept = await findMove(table, idOf(moveId))
        if (!kept) throw new CannotSee('refused', say`the ledger has no move ${moveId}`)
        return readKept(kept)
      })
      const [gate, live] = await Promise.all([
        seeing(() => gateOf(found)),
        options.look(found.handed.plan)
      ])
      const { handed, move, past } = found
      return { plan: handed.plan, move, live, gate, past } satisfies SeenMove
    },

    async goBack(moveId, cause) {
      let kept: KeptMove | undefined
      try {
        const asked = { text: JSON.stringify(cause), at: clock.now() }
        await handIn(table, name, idOf(moveId), 'back', asked)
        kept = await findMove(table, idOf(moveId))
      } catch (error) {
        throw new CannotStop(describeError(error), false, { cause: error })
      }
      if (kept && !kept.open) throw new CannotStop(say`the move has ended`, true)
    },

    async before(route) {
      const found = await findRoute(table, route)
      const held = found && (await findMove(table, found.holder))
      return {
        deployedLast: found?.deployedLast,
        active: held?.open === true ? found?.holder.deploymentId : undefined
      } satisfies Before
    }
  }

  /** What the gate of the last step has answered that a person was asked for. */
  async function gateOf(found: ReadMove): Promise<GateState> {
    const last = askedSteps(found).at(-1)
    if (!last) return 'ahead'
    const token = tokenOfStep(found.kept.id.moveId, last.step)
    const gate = await findGate(table, gateId(deploymentId, [token]))
    return gate ? SAID[gate.state] : 'ahead'
  }
}

const SAID: Readonly<Record<StateOfGate, GateState>> = {
  PENDING: 'open',
  APPROVED: 'passed',
  REJECTED: 'refused',
  EXPIRED: 'timed-out',
  FAILED: 'refused',
  WITHDRAWN: 'refused'
}

/** Errors: CannotSee. */
async function seeing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof CannotSee) throw error
    const kind = kindOf(error)
    const blindness = kind === 'denied' || kind === 'credentials' ? kind : 'passing'
    throw new CannotSee(blindness, describeError(error), { cause: error })
  }
}

/** As the section stands in a verification file, so that the mover checks it as a file is checked. */
function sectionOf({ alarms, limits }: Pick<Metrics, 'alarms' | 'limits'>): Mapping {
  // A file has no empty list.
  return {
    ...(alarms.length > 0 && { alarms }),
    ...(limits.length > 0 && {
      limits: limits.map(({ side, metric, comparison, value }) => {
        const unit = metric === 'response-time' ? ' ms' : ''
        return `${side} ${metric} ${comparison} ${value}${unit}`
      })
    })
  }
}
