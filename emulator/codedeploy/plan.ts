import type { StoredService } from '../ecs/state.ts'
import type { AppSpec } from './appspec.ts'
import type { ShiftStep } from './shift.ts'

/** What a deployment was created to do: its group, config and AppSpec as they were at that moment. */
export interface Plan {
  readonly service: StoredService
  readonly serviceRoleArn: string
  readonly targetGroupArns: readonly [string, string]
  readonly productionListener: string
  readonly testListener: string | undefined
  readonly shift: readonly ShiftStep[]
  /** Undefined: production traffic is rerouted without asking (CONTINUE_DEPLOYMENT). */
  readonly readyWaitMinutes: number | undefined
  /** Undefined: blue is kept (KEEP_ALIVE). */
  readonly terminationWaitMinutes: number | undefined
  readonly alarms: readonly string[]
  /** Undefined on a rollback to what CodeDeploy has not deployed itself. */
  readonly appSpec: AppSpec | undefined
}
