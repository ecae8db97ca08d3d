import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startVirtualRelease } from '../runner/virtual-release.ts'

const HOUR = 3_600_000

/**
 * Heap in use, garbage collected, after each of six hours in which a
 * deployment waits for ContinueDeployment, in MiB.
 */
export async function heapByHour(): Promise<number[]> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const release = await startVirtualRelease({
    gateAnswers: 'Succeeded',
    readyWaitMinutes: 8 * 60,
    inputs: { 'wait-for-minutes': '540' }
  })
  const heap: number[] = []
  for (let hour = 1; hour <= 6; hour++) {
    await release.advance(HOUR, release.ended)
    // The emulator keeps every call for its tests: that is not the action's memory.
    release.emulator.calls.clear()
    collect()
    heap.push(process.memoryUsage().heapUsed / 2 ** 20)
  }
  const [deployment] = release.emulator.world.codedeploy.deployments.values()
  if (deployment?.info.status !== 'Ready') throw new Error('it does not wait')
  await release.advance(4 * HOUR, release.ended)
  await release.ended
  await release.close()
  return heap
}
