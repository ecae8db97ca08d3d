import { NotStarted, type PlaneFactory } from '../../../src/controllers/control-plane.ts'
import { CannotStop } from '../../../src/release/controller.ts'
import type { MemoryTraffic } from './traffic.ts'

/** The job's side of it: no file of `src` knows of this control plane. */
export function memoryPlane(traffic: MemoryTraffic, gateFunction = 'gate'): PlaneFactory {
  const controller: ReturnType<PlaneFactory['openController']> = {
    read: async (id) => Promise.resolve(traffic.snapshot(id)),
    stop: (id) => {
      const move = traffic.moves.get(id)
      if (!move) return Promise.reject(new CannotStop('there is no such move', false))
      return Promise.resolve(traffic.stop(move))
    }
  }
  return {
    kind: 'memory',
    deploymentController: 'EXTERNAL',
    openController: () => controller,
    open: ({ settings: { cluster, service }, region }) => ({
      ...controller,
      kind: 'memory',
      readFiles: () => Promise.resolve(undefined),
      check: () => [],
      survey: () => Promise.resolve({ where: { ...NOWHERE, region, cluster, service }, facts: 0 }),
      plan: () =>
        Promise.resolve({
          revision: undefined,
          shown: () => 'move everything',
          checks: [{ name: 'memory', verdict: 'OK', reason: 'it is here' }],
          active: undefined,
          watchedAs: undefined,
          longestMinutes: 120,
          listeners: { test: 'none', production: 'none' },
          following: {
            gate: 'hook',
            onlyHook: true,
            hooks: { ASK: gateFunction },
            rollsBackOn: ['failure', 'request']
          },
          own: undefined
        }),
      start: () => {
        if (traffic.moves.size > 0) return Promise.reject(new NotStarted('it moves already', true))
        return Promise.resolve({ deploymentId: traffic.begin(), recovered: false })
      },
      placed: (where, { deploymentId }) => ({ where, lookWith: `memory show ${deploymentId}` }),
      urlOf: (deploymentId) => `https://memory.example.com/${deploymentId}`,
      green: () => ({
        origin: () => Promise.resolve(undefined),
        sides: () => Promise.resolve('nothing is measured here'),
        fleets: { green: NO_TASKS, blue: NO_TASKS },
        images: () => Promise.resolve([])
      }),
      explain: () => Promise.resolve({ stoppedTasks: [], serviceEvents: [] }),
      oldTasks: () => Promise.resolve(undefined)
    })
  }
}

const NO_TASKS = {
  look: () => Promise.resolve('there are no tasks'),
  stop: () => Promise.resolve('there are no tasks')
}

const NOWHERE = {
  application: undefined,
  deploymentGroup: undefined,
  deploymentConfig: undefined,
  hasTestListener: false,
  allAtOnce: true,
  consoleLinks: []
}
