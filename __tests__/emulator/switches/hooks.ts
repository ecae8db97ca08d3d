import { HOUR, MINUTE, refusal } from '../lab.ts'
import type { Observations } from './observation.ts'

const GATE = 'BeforeAllowTraffic'

/** Switches about when a hook is asked and what its silence, its verdict or its lateness does. */
export const HOOKS: Observations<
  | 'readyWait'
  | 'hookDelivery'
  | 'hookQualifier'
  | 'failureCodes'
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
      const id = await lab.release()
      await lab.untilEvent(id, GATE)
      await lab.clock.advance(MINUTE)
      const answers: string[] = []
      for (let delivery = 0; delivery < lab.demo.gate.function.invocations.length; delivery++)
        answers.push(await refusal(lab.put(lab.asked(id), 'Succeeded')))
      return answers
    },
    expected: {
      once: ['answered'],
      duplicated: ['answered', 'LifecycleEventAlreadyCompletedException']
    }
  },

  hookQualifier: {
    see: async (lab) => {
      const id = await lab.release({ hooks: { [GATE]: `${lab.demo.gate.name}:live` } })
      await lab.clock.advance(5 * MINUTE)
      return { gate: (await lab.events(id))[GATE], asked: lab.demo.gate.requests().length > 0 }
    },
    expected: {
      refused: { gate: 'Failed', asked: false },
      accepted: { gate: 'InProgress', asked: true }
    }
  },

  failureCodes: {
    see: async (lab) => {
      const id = await lab.release({ hooks: { [GATE]: 'CodeDeployHook_nobody' } })
      await lab.clock.advance(5 * MINUTE)
      return (await lab.deployment(id)).errorInformation
    },
    expected: {
      absent: { message: 'The Lambda function CodeDeployHook_nobody does not exist.' },
      'by-cause': {
        code: 'INVALID_LAMBDA_FUNCTION',
        message: 'The Lambda function CodeDeployHook_nobody does not exist.'
      }
    }
  },

  rollbackHooks: {
    lab: { terminationWaitMinutes: 0 },
    see: async (lab) => {
      const first = await lab.release()
      await lab.decide(first, 'Succeeded')
      await lab.untilEnd(first)
      const second = await lab.release({ version: '3' })
      await lab.decide(second, 'Failed')
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
      return refusal(lab.put(lab.asked(id), 'Succeeded'))
    },
    expected: {
      LifecycleEventAlreadyCompletedException: 'LifecycleEventAlreadyCompletedException',
      InvalidLifecycleEventHookExecutionIdException: 'InvalidLifecycleEventHookExecutionIdException'
    }
  },

  hookDiagnostics: {
    see: async (lab) => {
      const id = await lab.release()
      await lab.decide(id, 'Failed')
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
