import type { StoredFunction } from '../lambda/functions.ts'
import type { Ground } from './ground.ts'

/** One question a gate function was asked. */
export interface GateRequest {
  readonly deploymentId: string
  readonly executionId: string
}

export type Verdict = 'Succeeded' | 'Failed'

export interface Gate {
  readonly name: string
  readonly function: StoredFunction
  /** What it was asked so far, each once however often it was delivered (switch `hookDelivery`). */
  requests(): GateRequest[]
  /** The first of them, once it is there. */
  readonly asked: Promise<GateRequest>
  /** Answers a request as a person's decision would. */
  decide(request: GateRequest, verdict: Verdict): void
}

/**
 * A hook function that only takes note, so that someone can decide later;
 * with `answer` it decides at once.
 */
export function createGate(ground: Ground, name: string, answer?: Verdict): Gate {
  const { world, operations } = ground
  const decide = ({ deploymentId, executionId }: GateRequest, status: Verdict): void => {
    operations.codedeploy.PutLifecycleEventHookExecutionStatus(
      { deploymentId, lifecycleEventHookExecutionId: executionId, status },
      world
    )
  }
  const asked = Promise.withResolvers<GateRequest>()
  const stored = world.lambda.create(name, {
    kind: 'inline',
    handler: (payload) => {
      for (const request of readRequest(payload)) {
        asked.resolve(request)
        if (answer !== undefined) decide(request, answer)
      }
    }
  })
  return {
    name,
    function: stored,
    requests: () => {
      const asked = stored.invocations.flatMap(({ payload }) => readRequest(payload))
      return [...new Map(asked.map((request) => [request.executionId, request])).values()]
    },
    asked: asked.promise,
    decide
  }
}

function readRequest(payload: unknown): GateRequest[] {
  if (typeof payload !== 'object' || payload === null) return []
  if (!('DeploymentId' in payload) || !('LifecycleEventHookExecutionId' in payload)) return []
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } = payload
  if (typeof deploymentId !== 'string' || typeof executionId !== 'string') return []
  return [{ deploymentId, executionId }]
}
