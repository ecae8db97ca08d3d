import type { MetricAlarm } from '@aws-sdk/client-cloudwatch'

/** CloudWatch alarms by name. A test or the control API sets a state; CodeDeploy polls it. */
export interface Alarms {
  put(name: string, state: AlarmState, reason?: AlarmReason): void
  state(name: string): AlarmState | undefined
  reason(name: string): AlarmReason | undefined
  /** Replaces what the alarm says about itself; nothing is evaluated by it. */
  define(name: string, definition: AlarmDefinition): void
  /** Undefined for one that was never defined by PutMetricAlarm. */
  definition(name: string): AlarmDefinition | undefined
  names(): string[]
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** Why it is in its state, as whoever has set that said. */
export type AlarmReason = Pick<MetricAlarm, 'StateReason' | 'StateReasonData'>

/** What PutMetricAlarm says of one metric, in the members that DescribeAlarms shows again. */
export type AlarmDefinition = Omit<
  MetricAlarm,
  `State${string}` | 'AlarmName' | 'AlarmArn' | 'AlarmConfigurationUpdatedTimestamp'
>
