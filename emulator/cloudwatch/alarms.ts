/** CloudWatch alarms by name. A test or the control API sets a state; CodeDeploy polls it. */
export interface Alarms {
  put(name: string, state: AlarmState): void
  state(name: string): AlarmState | undefined
  names(): string[]
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
