import { DescribeTasksCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import type { StoredTaskSet } from '../../../../emulator/ecs/state.ts'
import type { VirtualRelease } from '../../../../runner/virtual-release.ts'
import { createClients } from '../../../../src/aws/clients.ts'
import {
  withCodeDeploy,
  type CodeDeployClients
} from '../../../../src/controllers/codedeploy/clients.ts'
import { OptionalReads } from '../../../../src/aws/optional-reads.ts'
import {
  greenFleet,
  type GreenFleet
} from '../../../../src/controllers/codedeploy/release/green-fleet.ts'
import { readSnapshot } from '../../../../src/controllers/codedeploy/reader/snapshot.ts'
import type { RunningImage } from '../../../../src/release/evidence.ts'
import type { Fleet, FleetState } from '../../../../src/verification/recovery/fleet.ts'
import { start } from '../../../flow/stage.ts'

interface Stage {
  readonly release: VirtualRelease
  readonly green: StoredTaskSet
  readonly blue: StoredTaskSet
  readonly clients: CodeDeployClients
  fleet(deploymentId?: string, side?: 'green' | 'blue'): GreenFleet
}

/** A release that stands at its gate. */
async function atTheGate(): Promise<Stage> {
  const release = await start()
  const { emulator, demo, clock } = release
  await release.advance(300_000)
  const { world } = emulator
  const ours = demo.gate.requests()[0]?.deploymentId ?? ''
  const clients = withCodeDeploy(
    createClients({
      region: world.region,
      credentials: () => Promise.resolve(emulator.userKeys),
      maxRetries: 0
    })
  )
  // Time stands still: no look-up can be too slow.
  const optionalReads = new OptionalReads(clock, () => undefined)
  const sets = world.ecs.services.get('shop/orders')?.taskSets ?? []
  const [blue] = sets.filter(({ status }) => status === 'PRIMARY')
  const [green] = sets.filter(({ externalId }) => externalId === ours)
  if (!blue || !green || blue === green) throw new Error('no blue, or no green')
  return {
    release,
    green,
    blue,
    clients,
    fleet: (deploymentId = ours, side = 'green') =>
      greenFleet({
        clients,
        optionalReads,
        controller: {
          read: (id, detail) =>
            readSnapshot(
              {
                clients,
                clock,
                optionalReads,
                health: () => Promise.resolve(undefined),
                stoppedTasks: async () => undefined,
                targetId: 'shop:orders'
              },
              id,
              detail
            )
        },
        cluster: demo.cluster,
        service: demo.service,
        deploymentId,
        side
      })
  }
}

const seen = async (fleet: Fleet): Promise<FleetState> => {
  const state = await fleet.look()
  if (typeof state === 'string') throw new Error(state)
  return state
}
const tasksOf = ({ release }: Stage, taskSet: StoredTaskSet): string[] =>
  [...release.emulator.world.ecs.tasks.values()]
    .filter((task) => task.taskSet === taskSet)
    .map(({ arn }) => arn)
/** As DescribeTasks tells them, of one of its tasks. */
const imagesOf = async (stage: Stage, taskSet: StoredTaskSet): Promise<RunningImage[]> => {
  const command = new DescribeTasksCommand({ cluster: 'shop', tasks: tasksOf(stage, taskSet) })
  const { tasks = [] } = await stage.clients.ecs.send(command)
  return (tasks[0]?.containers ?? []).map(({ name = '', imageDigest = '' }) => ({
    container: name,
    digest: imageDigest
  }))
}
const calls = ({ release }: Stage): number => release.emulator.calls.list('ecs:StopTask').length

describe('green', () => {
  it('is the task set of this deployment, with its tasks and targets', async () => {
    const stage = await atTheGate()
    const state = await seen(stage.fleet())
    expect(state.desired).toBe(2)
    expect(state.tasks.map(({ arn }) => arn).toSorted()).toEqual(
      tasksOf(stage, stage.green).toSorted()
    )
    expect(state.tasks.every(({ startedAt }) => startedAt !== undefined)).toBe(true)
    expect(state.targets.map(({ state: health }) => health)).toEqual(['healthy', 'healthy'])
  })

  it('says what it runs, not what blue does, and nothing where it cannot be told apart', async () => {
    const stage = await atTheGate()
    const blue = await imagesOf(stage, stage.blue)
    const green = await imagesOf(stage, stage.green)
    expect(green).not.toEqual(blue)
    expect(green[0]?.digest).toMatch(/^sha256:/)
    expect(await stage.fleet().images()).toEqual(green)
    expect(await stage.fleet('d-OTHER').images()).toEqual([])
  })

  it('loses the task that is named', async () => {
    const stage = await atTheGate()
    const [arn = ''] = tasksOf(stage, stage.green)
    expect(await stage.fleet().stop(arn)).toBeUndefined()
    expect(stage.release.emulator.world.ecs.tasks.get(arn)?.desiredStatus).toBe('STOPPED')
    expect(calls(stage)).toBe(1)
    expect(await stage.fleet().stop(arn)).toMatch(/^no task was stopped: .* is not running$/)
  })

  it('is not known to a deployment that is not there, or of another one', async () => {
    const stage = await atTheGate()
    const apart = 'blue and green of service "orders" cannot be told apart'
    expect(await stage.fleet('d-OTHER').look()).toBe(apart)
  })

  it.each<[string, (stage: Stage) => void]>([
    ['it serves', ({ green, blue }) => void ((green.status = 'PRIMARY'), (blue.status = 'ACTIVE'))],
    ['nobody serves', ({ blue }) => void (blue.status = 'ACTIVE')],
    ['it leaves', ({ green }) => void (green.status = 'DRAINING')],
    [
      'two are marked',
      ({ green }) => void green.service.taskSets.push({ ...green, id: 'ecs-svc/2' })
    ]
  ])('is not told apart from blue where %s', async (_, change) => {
    const stage = await atTheGate()
    const [arn = ''] = tasksOf(stage, stage.green)
    change(stage)
    expect(await stage.fleet().look()).toMatch(/cannot be told apart/)
    expect(await stage.fleet().stop(arn)).toMatch(/^no task was stopped: .*cannot be told apart/)
    expect(calls(stage)).toBe(0)
  })
})

describe('blue', () => {
  it('is what serves, with its tasks and targets, and loses the task that is named', async () => {
    const stage = await atTheGate()
    const blue = stage.fleet(undefined, 'blue')
    const [arn = ''] = tasksOf(stage, stage.blue)
    const [greens = ''] = tasksOf(stage, stage.green)
    const state = await seen(blue)
    expect(state.tasks.map((task) => task.arn).toSorted()).toEqual(
      tasksOf(stage, stage.blue).toSorted()
    )
    expect(await blue.stop(greens)).toBe(`no task was stopped: ${greens} is no task of blue`)
    expect(await blue.stop(arn)).toBeUndefined()
    expect(stage.release.emulator.world.ecs.tasks.get(arn)?.desiredStatus).toBe('STOPPED')
    expect(calls(stage)).toBe(1)
  })

  it.each<[string, (stage: Stage) => void]>([
    [
      'green serves',
      ({ green, blue }) => void ((green.status = 'PRIMARY'), (blue.status = 'ACTIVE'))
    ],
    ['nobody serves', ({ blue }) => void (blue.status = 'ACTIVE')]
  ])('is left alone where %s', async (_, change) => {
    const stage = await atTheGate()
    const [arn = ''] = tasksOf(stage, stage.blue)
    change(stage)
    const blue = stage.fleet(undefined, 'blue')
    expect(await blue.stop(arn)).toMatch(/^no task was stopped: .*cannot be told apart/)
    expect(calls(stage)).toBe(0)
  })
})

describe('threat: a task is stopped that is not of green, or when it serves', () => {
  it('that is blue’s, or nobody’s', async () => {
    const stage = await atTheGate()
    const [blue = ''] = tasksOf(stage, stage.blue)
    const fleet = stage.fleet()
    expect(await fleet.stop(blue)).toBe(`no task was stopped: ${blue} is no task of green`)
    expect(await fleet.stop(`${blue}0`)).toMatch(/is no task of green$/)
    expect(calls(stage)).toBe(0)
  })

  it('of a deployment that is over', async () => {
    const stage = await atTheGate()
    const [arn = ''] = tasksOf(stage, stage.green)
    const { emulator, demo } = stage.release
    const [request] = demo.gate.requests()
    emulator.operations.codedeploy.StopDeployment(
      { deploymentId: request?.deploymentId, autoRollbackEnabled: false },
      emulator.world
    )
    await stage.release.advance(5_000)
    expect(await stage.fleet().stop(arn)).toBe('no task was stopped: the deployment is Stopped')
    expect(calls(stage)).toBe(0)
  })

  it('where the lifecycle may not be read', async () => {
    const stage = await atTheGate()
    const [arn = ''] = tasksOf(stage, stage.green)
    stage.release.emulator.faults.add({
      operation: 'codedeploy:GetDeploymentTarget',
      fault: { kind: 'denied' }
    })
    expect(await stage.fleet().stop(arn)).toMatch(
      /^no task was stopped: whether green has production traffic is not known/
    )
    expect(calls(stage)).toBe(0)
  })
})
