import { PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy'
import { HOUR, MINUTE, refusal, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'
import type { Observations } from './observation.ts'

const GATE = 'BeforeAllowTraffic'

/** Switches about when a hook is asked and what its silence, its verdict or its lateness does. */
export const HOOKS: Observations<
  | 'readyWait'
  | 'hookDelivery'
  | 'rollbackHooks'
  | 'hookTimeoutCode'
  | 'putAfterStop'
  | 'hookDiagnostics'
> = {
  readyWait: {
    lab: { readyWaitMinutes: 60 },
    see: async (lab) => {
      const id = await lab.release()
      await lab.clock.advance(5 * MINUTE)
      const { status } = await lab.deployment(id)
      return { status, gate: (await lab.events(id))[GATE] }
    },
    expected: {
      'after-hook': { status: 'InProgress', gate: 'InProgress' },
      'before-hook': { status: 'Ready', gate: 'Pending' }
    }
  },

  hookDelivery: {
    see: async (lab) => {
      const verdicts: Promise<string>[] = []
      lab.emulator.world.lambda.create('approving', {
        kind: 'inline',
        handler: (payload) => void verdicts.push(refusal(put(lab, payload, 'Succeeded')))
      })
      await lab.release({ hooks: { [GATE]: 'approving' } })
      await lab.clock.advance(MINUTE)
      return Promise.all(verdicts)
    },
    expected: {
      once: ['answered'],
      duplicated: ['answered', 'LifecycleEventAlreadyCompletedException']
    }
  },

  rollbackHooks: {
    lab: { terminationWaitMinutes: 0 },
    see: async (lab) => {
      const first = await lab.release()
      await decide(lab, first, 'Succeeded')
      await lab.untilEnd(first)
      const second = await lab.release({ version: '3' })
      await decide(lab, second, 'Failed')
      await lab.clock.advance(5 * MINUTE)
      const rollback = (await lab.rollbackOf(second)) ?? ''
      const { status } = await lab.deployment(rollback)
      return { status, gate: (await lab.events(rollback))[GATE] }
    },
    expected: {
      'not-invoked': { status: 'Succeeded', gate: 'Succeeded' },
      invoked: { status: 'InProgress', gate: 'InProgress' }
    }
  },

  hookTimeoutCode: {
    see: async (lab) => {
      const id = await lab.release()
      await lab.untilEvent(id, GATE)
      await lab.clock.advance(HOUR)
      return (await lab.deployment(id)).errorInformation?.code
    },
    expected: { TIMEOUT: 'TIMEOUT', HOOK_EXECUTION_FAILURE: 'HOOK_EXECUTION_FAILURE' }
  },

  putAfterStop: {
    see: async (lab) => {
      const id = await lab.release()
      await lab.untilEvent(id, GATE)
      await lab.stop(id)
      return refusal(put(lab, asked(lab, id), 'Succeeded'))
    },
    expected: {
      LifecycleEventAlreadyCompletedException: 'LifecycleEventAlreadyCompletedException',
      InvalidLifecycleEventHookExecutionIdException: 'InvalidLifecycleEventHookExecutionIdException'
    }
  },

  hookDiagnostics: {
    see: async (lab) => {
      const id = await lab.release()
      await decide(lab, id, 'Failed')
      const { lifecycleEvents = [] } = await lab.target(id)
      return lifecycleEvents.find((event) => event.lifecycleEventName === GATE)?.diagnostics
    },
    expected: {
      UnknownError: {
        errorCode: 'UnknownError',
        message:
          'The deployment failed because one or more of the lifecycle event validation functions failed.'
      },
      absent: undefined
    }
  }
}

type Verdict = 'Succeeded' | 'Failed'

/** Waits for the gate to be asked about this deployment, and answers. */
async function decide(lab: Lab, id: string, verdict: Verdict): Promise<void> {
  await lab.untilEvent(id, GATE)
  await put(lab, asked(lab, id), verdict)
  await lab.clock.advance(SECOND)
}

/** What the gate was handed for this deployment. */
function asked({ demo }: Lab, id: string): unknown {
  const payloads = demo.gate.function.invocations.map(({ payload }) => payload)
  return payloads.find((payload) => JSON.stringify(payload).includes(id))
}

async function put(lab: Lab, payload: unknown, status: Verdict): Promise<unknown> {
  const { DeploymentId, LifecycleEventHookExecutionId } = { ...(payload as Record<string, string>) }
  return lab.codedeploy.send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: DeploymentId,
      lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
      status
    })
  )
}
