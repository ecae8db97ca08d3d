import { describe, expect, it } from '@jest/globals'
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { SWITCH_SETTINGS } from '../../emulator/switches.ts'
import type { VirtualRelease, VirtualRun } from '../../runner/virtual-release.ts'
import type { Verdict } from '../../emulator/worlds/gate.ts'
import { start, verdictOf } from './stage.ts'

const HOUR = 3_600_000

/**
 * Answers at the gate as soon as this run's deployment asks, and waits for the run's end. Whatever
 * asks after that is its rollback, and passes.
 */
async function finish(
  { demo, clock, advance }: VirtualRelease,
  run: VirtualRun,
  verdict: Verdict
): Promise<string> {
  let answered = demo.gate.requests().length
  const progress = { done: false }
  void run.ended.then(() => (progress.done = true))
  let answer = verdict
  for (const end = clock.now() + HOUR; !progress.done && clock.now() < end;) {
    await advance(1000, run.ended)
    for (const request of demo.gate.requests().slice(answered)) {
      demo.gate.decide(request, answer)
      answered++
      answer = 'Succeeded'
    }
  }
  return (await run.ended).ending.outcome
}

/** The container as the run registered it. */
function registered({ emulator }: VirtualRelease, run: VirtualRun): ContainerDefinition {
  const revision = Number(run.draft.taskDefinition?.arn?.split(':').at(-1))
  const stored = emulator.world.ecs.families.get('orders')?.[revision - 1]
  return stored?.definition.containerDefinitions?.[0] ?? {}
}

/** What the service itself shows, which follows its PRIMARY task set. */
function serves({ emulator, demo }: VirtualRelease): [revision: string, group: number] {
  const { serving } = emulator.world.ecsControl.findService('shop', 'orders') ?? {}
  return [
    serving?.taskDefinitionArn.split('/').at(-1) ?? '',
    demo.targetGroupArns.indexOf(serving?.targetGroupArn ?? '')
  ]
}

const RED = { 'environment-variables': 'COLOUR=red' }
const PLAIN = { 'environment-variables': '' }

describe.each(SWITCH_SETTINGS.primarySwitch)('PRIMARY %s', (primarySwitch) => {
  it('two releases in a row: the second starts from what the first released', async () => {
    const release = await start({ switches: { primarySwitch }, inputs: RED })
    expect(await finish(release, release, 'Succeeded')).toBe('released')
    expect(serves(release)).toEqual(['orders:2', 1])

    const second = release.again({ ...PLAIN, image: 'orders:3' })
    expect(await finish(release, second, 'Succeeded')).toBe('released')
    expect(registered(release, second)).toMatchObject({
      image: 'orders:3',
      environment: [{ name: 'COLOUR', value: 'red' }]
    })
    expect(verdictOf(second, 'deployment group')).toContain(
      `through deployment ${release.draft.deployment?.id ?? ''}`
    )
    expect(serves(release)).toEqual(['orders:3', 0])
  })

  it('after a rollback the next release starts from what serves again', async () => {
    const release = await start({ switches: { primarySwitch }, inputs: RED })
    expect(await finish(release, release, 'Failed')).toBe('rejected')
    expect(serves(release)).toEqual(['orders:1', 0])

    const second = release.again({ ...PLAIN, image: 'orders:3' })
    expect(await finish(release, second, 'Succeeded')).toBe('released')
    expect(registered(release, second)).toMatchObject({ image: 'orders:3', environment: [] })
    expect(serves(release)).toEqual(['orders:3', 1])
  })

  it('after a rollback from the wait that keeps blue, too', async () => {
    const release = await start({
      switches: { primarySwitch },
      inputs: RED,
      terminationWaitMinutes: 60
    })
    const { emulator, demo, advance } = release
    while (demo.gate.requests().length === 0) await advance(1000)
    for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
    while (serves(release)[0] !== 'orders:2') await advance(1000)
    const { deploymentId } = demo.gate.requests()[0] ?? {}
    emulator.operations.codedeploy.StopDeployment(
      { deploymentId, autoRollbackEnabled: true },
      emulator.world
    )
    await advance(HOUR, release.ended)
    expect((await release.ended).ending).toMatchObject({
      outcome: 'stopped',
      rollback: 'succeeded'
    })
    expect(serves(release)).toEqual(['orders:1', 0])

    const second = release.again({ ...PLAIN, image: 'orders:3' })
    while (demo.gate.requests().length === 1) await advance(1000)
    expect(registered(release, second)).toMatchObject({ image: 'orders:3', environment: [] })
  })

  it('rollback-to previous takes the one before what serves, and not what was rolled back', async () => {
    const release = await start({ switches: { primarySwitch } })
    expect(await finish(release, release, 'Succeeded')).toBe('released')
    const second = release.again({ image: 'orders:3' })
    expect(await finish(release, second, 'Succeeded')).toBe('released')
    const rejected = release.again({ image: 'orders:4' })
    expect(await finish(release, rejected, 'Failed')).toBe('rejected')
    expect(serves(release)).toEqual(['orders:3', 0])

    const back = release.again({ image: '', 'container-name': '', 'rollback-to': 'previous' })
    expect(await finish(release, back, 'Succeeded')).toBe('released')
    expect(serves(release)).toEqual(['orders:2', 1])
  })
})
