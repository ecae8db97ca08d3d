import type { ECSClient } from '@aws-sdk/client-ecs'
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Hold, ShiftFacts } from '../../../ledger/gate-facts.ts'
import { movesOf } from '../../../ledger/moves.ts'
import type { RequestPlane } from '../../gate-plane.ts'
import { say } from '../../../words/say.ts'
import { askedSteps, readKept, type ReadMove } from '../kept-move.ts'
import { gatePlane, type ListenerGateOptions } from './gate-plane.ts'
import { definitionsOf, healthOf, runningOf } from './sides.ts'

export interface ListenerRequestOptions extends Pick<
  ListenerGateOptions,
  'table' | 'clock' | 'region'
> {
  readonly ecs: ECSClient
  readonly elb: ElasticLoadBalancingV2Client
}

/** Weighted listeners as the request function sees them. */
export function requestPlane({ ecs, elb, ...options }: ListenerRequestOptions): RequestPlane {
  return {
    ...gatePlane({ ...options, running: (handed) => runningOf(ecs, handed) }),
    health: async (hold) => healthOf(elb, (await askedBy(hold)).handed),
    definitions: async (hold) => definitionsOf(ecs, (await askedBy(hold)).handed),
    shift: async (hold) => shiftOf(await askedBy(hold))
  }

  async function askedBy({
    deploymentId,
    openedAt
  }: Hold): Promise<ReadMove & { readonly step: number }> {
    for (const { kept } of await movesOf(options.table, deploymentId)) {
      if (kept.refused !== undefined) continue
      const found = readKept(kept)
      const asked = askedSteps(found).find(({ at }) => at === openedAt)
      if (asked) return { ...found, step: asked.step }
    }
    throw new Error(say`release ${deploymentId} has not asked then`)
  }
}

/** What approving a step does to the traffic: all steps until the next one that a person is asked before. */
function shiftOf({ handed, step }: ReadMove & { readonly step: number }): ShiftFacts {
  const { plan, sides } = handed
  const rest = plan.steps.slice(step)
  const next = rest.findIndex(({ asks }, place) => place > 0 && asks)
  const own = next === -1 ? rest : rest.slice(0, next)
  const asksBefore = next === -1 ? undefined : rest[next]?.share
  return {
    kind: 'steps',
    shares: own.map(({ share }) => share),
    from: sides.from,
    to: sides.to,
    minutes: Math.round((rest[0]?.bakeMs ?? 0) / 6_000) / 10,
    ...(asksBefore !== undefined && { asksBefore })
  }
}
