import type { AutoRollbackEvent, ErrorInformation } from '@aws-sdk/client-codedeploy'
import type { World } from '../../world.ts'

/** Why a deployment ends before its last event. */
export class Halt extends Error {
  override readonly name = 'Halt'
  readonly status: 'Failed' | 'Stopped'
  /** Absent only on a stop by a person (switch `manualStopCode`). */
  readonly information: ErrorInformation | undefined
  /** Whether it is rolled back: what the configuration has to say, or what the caller said. */
  readonly rollback: AutoRollbackEvent | boolean
  /** The failed event's message, where a hook's verdict or silence is the reason. */
  readonly hookMessage: string | undefined

  constructor(
    status: 'Failed' | 'Stopped',
    information: ErrorInformation | undefined,
    rollback: AutoRollbackEvent | boolean,
    hookMessage?: string
  ) {
    super(information?.message ?? 'The deployment was stopped')
    this.status = status
    this.information = information
    this.rollback = rollback
    this.hookMessage = hookMessage
  }
}

/** A deployment that fails with this code and message. */
export function failure(code: ErrorInformation['code'], message: string): Halt {
  return new Halt('Failed', { code, message }, 'DEPLOYMENT_FAILURE')
}

/** The same where the code is nowhere documented; the one given fits best (switch `failureCodes`). */
export function uncertainFailure(
  { switches }: World,
  code: ErrorInformation['code'],
  message: string
): Halt {
  return failure(switches.failureCodes === 'by-cause' ? code : undefined, message)
}
