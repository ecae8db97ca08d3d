import type { Emulator } from '../../emulator/emulator.ts'
import { failoverPair } from '../../emulator/worlds/failover.ts'
import type { FailoverPair, Side } from '../../emulator/worlds/failover.ts'
import { createListener, urlOf } from '../../emulator/worlds/network.ts'

/** The two sides, as the workflow calls them. */
export const SIDES = ['prod1', 'prod2'] as const
export type SideName = (typeof SIDES)[number]

/** Two production groups of `orders`, and where each can be asked alone, whatever its weight is. */
export interface FailoverStage extends FailoverPair {
  readonly alone: Readonly<Record<SideName, string>>
}

const ALONE_PORTS = { prod1: 9001, prod2: 9002 } as const satisfies Record<SideName, number>

export async function openStage(emulator: Emulator): Promise<FailoverStage> {
  const pair = await failoverPair(emulator, 'listener', { desiredCount: 2, container: 'orders' })
  emulator.world.logGroups.create('/ecs/orders')
  const [loadBalancer = ''] = emulator.world.elb.loadBalancers.keys()
  const alone = async (name: SideName): Promise<string> => {
    const { targetGroupArn } = pair[name]
    const listener = await createListener(emulator, loadBalancer, ALONE_PORTS[name], targetGroupArn)
    return urlOf(emulator, listener) ?? ''
  }
  return { ...pair, alone: { prod1: await alone('prod1'), prod2: await alone('prod2') } }
}

/** What the account shows of a side now. */
export interface SideNow {
  readonly name: SideName
  readonly weight: number
  /** Of its running tasks, each once. */
  readonly versions: readonly string[]
  readonly healthy: number
  readonly targets: number
  /** Requests that have come to it so far. */
  readonly requests: number
  /** Not answered yet. AWS does not count these; the embedded load balancer can. */
  readonly open: number
}

export function sideNow(emulator: Emulator, stage: FailoverStage, name: SideName): SideNow {
  const side = stage[name]
  const { elb, elbControl } = emulator.world
  const group = elb.targetGroups.get(side.targetGroupArn)
  const weights = elb.listeners.get(stage.listenerArn)?.weights ?? []
  const health = elbControl.health(side.targetGroupArn)
  return {
    name,
    weight: weights.find((each) => each.targetGroupArn === side.targetGroupArn)?.weight ?? 0,
    versions: versionsOf(emulator, side),
    healthy: health.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length,
    targets: health.length,
    requests: emulator.traffic.targetGroups.get(side.targetGroupArn)?.requests ?? 0,
    open: group ? emulator.traffic.openOf(group) : 0
  }
}

function versionsOf({ world }: Emulator, { service }: Side): string[] {
  const versions = [...world.ecs.tasks.values()].flatMap(({ lastStatus, taskSet }) => {
    if (lastStatus === 'STOPPED' || taskSet?.service.name !== service) return []
    const { taskDefinitionArn = '' } = taskSet ?? {}
    const [, family = '', revision = ''] = /([^/]+):(\d+)$/.exec(taskDefinitionArn) ?? []
    const definition = world.ecs.families.get(family)?.[Number(revision) - 1]?.definition
    const image = definition?.containerDefinitions?.[0]?.image ?? ''
    return [image.slice(image.lastIndexOf(':') + 1)]
  })
  return [...new Set(versions)].toSorted()
}
