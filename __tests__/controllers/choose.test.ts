import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../emulator/clock.ts'
import type { Clients } from '../../src/aws/clients.ts'
import {
  planeByController,
  planeByInputs,
  planeOfKind,
  PLANES
} from '../../src/controllers/choose.ts'
import type { PlaneFactory } from '../../src/controllers/control-plane.ts'
import type { Settings } from '../../src/release/settings.ts'
import { memoryPlane } from './memory/plane.ts'
import { MemoryTraffic } from './memory/traffic.ts'

const memory = memoryPlane(new MemoryTraffic(new ManualClock()))
const both = [...PLANES, memory]

/** By the controller that ECS names; undefined: it names none. */
function choose(service: object | undefined): Promise<PlaneFactory> {
  const answer = service ? { services: [service] } : { failures: [{ reason: 'MISSING' }] }
  const clients = { ecs: { send: () => Promise.resolve(answer) } } as unknown as Clients
  const settings = { cluster: 'shop', service: 'orders' } as Settings
  return planeByController(both, { clients, settings })
}

describe('the service’s own deployment controller chooses the control plane', () => {
  it.each([
    ['CODE_DEPLOY', 'codedeploy'],
    ['EXTERNAL', 'memory']
  ])('%s: %s', async (type, kind) => {
    expect((await choose({ deploymentController: { type } })).kind).toBe(kind)
  })

  it.each([
    ['a controller that nothing releases', { deploymentController: { type: 'FOO' } }, 'FOO'],
    ['none, which is that of ECS', {}, 'ECS']
  ])('and %s is refused', async (_, service, name) => {
    await expect(choose(service)).rejects.toMatchObject({
      problems: [
        `service: "orders" is controlled by ${name}; this action releases services whose ` +
          'deployment controller is one of CODE_DEPLOY, EXTERNAL'
      ]
    })
  })

  it('and a service that is not there is refused', async () => {
    await expect(choose(undefined)).rejects.toMatchObject({
      problems: [
        expect.stringContaining(
          'service: service "orders" in cluster "shop": MISSING; the cluster "shop" has no services'
        )
      ]
    })
  })
})

it('a single control plane is taken without a look at the service', () => {
  expect(planeByInputs(PLANES, {})?.kind).toBe('codedeploy')
  expect(planeByInputs(both, {})).toBeUndefined()
})

it('what another version has written of an unknown control plane is refused', () => {
  expect(planeOfKind(both, 'memory')).toBe(memory)
  expect(() => planeOfKind(both, 'other')).toThrow(
    'control plane "other" is not known; known: codedeploy, listener, memory'
  )
})
