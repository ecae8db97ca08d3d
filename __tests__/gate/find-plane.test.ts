import { describe, expect, test } from '@jest/globals'
import { planeKnowing, planeOf } from '../../src/gate/find-plane.ts'
import { clientConfig } from '../../src/gate/runtime/client-config.ts'
import { gatePlanes } from '../../src/gate/runtime/planes.ts'

const loaded: string[] = []
const plane = (kind: string) => () => {
  loaded.push(kind)
  return Promise.resolve({ reads: (event: string) => (event === kind ? `of ${kind}` : undefined) })
}
const PLANES = { first: plane('first'), second: plane('second'), third: plane('third') }

describe('a control plane', () => {
  test('is loaded by its kind', async () => {
    loaded.length = 0
    expect((await planeOf(PLANES, 'second')).reads('second')).toBe('of second')
    expect(loaded).toEqual(['second'])
  })

  test.each(['fourth', 'constructor', '__proto__', ''])('of no name (%j) is none', async (kind) => {
    await expect(planeOf(PLANES, kind)).rejects.toThrow(`no control plane is called ${kind}`)
  })

  test('is the first that understands the event, and those after it are not loaded', async () => {
    loaded.length = 0
    const { kind, found } = await planeKnowing(PLANES, (each) => each.reads('second'))
    expect([kind, found]).toEqual(['second', 'of second'])
    expect(loaded).toEqual(['first', 'second'])
  })

  test('is none for an event that none understands', async () => {
    await expect(planeKnowing(PLANES, (each) => each.reads('fourth'))).rejects.toThrow(
      'the event is of no control plane: wanted one of first, second, third'
    )
  })
})

test('CodeDeploy is loaded once for all invocations of a function', async () => {
  const planes = gatePlanes(clientConfig('eu-central-1'), { table: 'release-gate' })
  const [one, other] = [await planeOf(planes, 'codedeploy'), await planeOf(planes, 'codedeploy')]
  expect(one).toBe(other)
  const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'an execution' }
  expect(one.waitingIn(event)).toEqual({ deploymentId: 'd-1', token: 'an execution' })
})
