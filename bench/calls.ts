import { startVirtualRelease } from '../runner/virtual-release.ts'

const MINUTE = 60_000

/** Calls up to CreateDeployment's answer, application and group given. */
export async function callsBeforeFirstPoll(): Promise<number> {
  const release = await startVirtualRelease({
    gateAnswers: 'Succeeded',
    inputs: {
      'codedeploy-application': 'AppECS-shop-orders',
      'codedeploy-deployment-group': 'DgpECS-shop-orders'
    }
  })
  await release.advance(60 * MINUTE, release.ended)
  await release.ended
  const operations = release.emulator.calls.list().map(({ operation }) => operation)
  await release.close()
  const firstPoll = operations.indexOf('codedeploy:GetDeployment')
  if (firstPoll < 0) throw new Error('it never polled')
  return firstPoll
}

/** Calls a minute while a person decides, over half an hour. */
export async function callsPerMinuteAtGate(): Promise<number> {
  const release = await startVirtualRelease()
  const { emulator, demo } = release
  await release.advance(5 * MINUTE)
  if (demo.gate.requests().length === 0) throw new Error('it is not at the gate')
  const before = emulator.calls.count()
  await release.advance(30 * MINUTE)
  const perMinute = (emulator.calls.count() - before) / 30
  for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
  await release.advance(60 * MINUTE, release.ended)
  await release.ended
  await release.close()
  return perMinute
}

/**
 * Mean seconds from the end of a deployment to the action's knowing it, over
 * decisions that come at moments spread over a minute.
 */
export async function meanDetectionSeconds(releases: number): Promise<number> {
  let total = 0
  for (let index = 0; index < releases; index++) {
    const release = await startVirtualRelease()
    const { emulator, demo } = release
    await release.advance(5 * MINUTE + (index * MINUTE) / releases)
    for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
    await release.advance(60 * MINUTE, release.ended)
    const { ending, at } = await release.ended
    const [deployment] = emulator.world.codedeploy.deployments.values()
    const completed = deployment?.info.completeTime
    if (ending.outcome !== 'released' || completed === undefined) throw new Error('not released')
    total += (at - completed.getTime()) / 1000
    await release.close()
  }
  return total / releases
}
