import type { Answer, RequestPlane } from '../../../src/controllers/gate-plane.ts'
import type { Hold } from '../../../src/ledger/gate-facts.ts'
import { isMapping } from '../../../src/documents/mapping.ts'
import { stageOf } from '../../../src/release/snapshot.ts'
import { HOLD_MS, type MemoryTraffic } from './traffic.ts'

/** The gate's side of it: no file of `src` knows of this control plane. */
export function memoryGatePlane(
  traffic: MemoryTraffic,
  whereIs = (deploymentId: string): Pick<Hold, 'cluster' | 'service'> => ({
    cluster: 'memory',
    service: `service of ${deploymentId}`
  })
): RequestPlane {
  const answerOf = (deploymentId: string): Answer | undefined => {
    const { gate } = traffic.snapshot(deploymentId)
    if (gate === 'passed') return 'go'
    return gate === 'refused' || gate === 'timed-out' ? 'no-go' : undefined
  }
  return {
    waitingIn: (event) =>
      isMapping(event) && typeof event['move'] === 'string'
        ? { deploymentId: event['move'], token: tokenOf(event['move']) }
        : undefined,
    describe: (deploymentId) => {
      const { createdAt = 0, isRollback, at } = traffic.snapshot(deploymentId)
      const waits = { openedAt: at, expiresAt: at + HOLD_MS }
      const hold = { plane: 'memory', deploymentId, ...whereIs(deploymentId), ...waits }
      const consoleUrl = `https://memory.example.com/${deploymentId}`
      return Promise.resolve({
        answered: answerOf(deploymentId),
        ...{ hold, region: 'memory', createdAt, isRollback, consoleUrl },
        names: { place: 'this process' }
      })
    },
    answer: ({ deploymentId, token }, verdict) => {
      const { gate, state, at } = traffic.snapshot(deploymentId)
      const move = traffic.moves.get(deploymentId)
      if (move?.answer || gate === 'timed-out') return Promise.resolve('answered-before')
      if (!move || state !== 'running' || token !== tokenOf(deploymentId)) {
        return Promise.resolve('gone')
      }
      move.answer = { verdict, at }
      return Promise.resolve('accepted')
    },
    answered: ({ deploymentId }) => Promise.resolve(answerOf(deploymentId)),
    trafficResult: ({ deploymentId }) => {
      const seen = traffic.snapshot(deploymentId)
      const { state, at, rollback: back } = seen
      const isBack = back && traffic.snapshot(back.deploymentId).state === 'succeeded'
      const rollback = isBack ? 'succeeded' : back ? 'in-progress' : 'none'
      if (state === 'failed' || state === 'stopped') {
        return Promise.resolve({ status: state, rollback, at })
      }
      if (state === 'succeeded') return Promise.resolve({ status: 'released', rollback, at })
      const moves = stageOf(seen, 'shift')?.status === 'InProgress'
      return Promise.resolve(moves ? { status: 'shifting', rollback, at } : undefined)
    },
    running: () => Promise.resolve([{ container: 'it', digest: undefined }]),
    health: () =>
      Promise.resolve({ targetGroup: undefined, states: { well: 1 }, unavailable: undefined }),
    definitions: () =>
      Promise.resolve({
        revision: { before: 'old', after: 'new' },
        images: [],
        changes: undefined
      }),
    shift: () => Promise.resolve({ kind: 'all-at-once' })
  }
}

const tokenOf = (deploymentId: string): string => `what answers ${deploymentId}`
