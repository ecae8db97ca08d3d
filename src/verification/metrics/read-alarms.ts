import type { MetricsEvidence } from '../../release/evidence.ts'
import type { Ask } from './ask.ts'

export const ALARMS_RIGHT = 'cloudwatch:DescribeAlarms'
/** The most names that DescribeAlarms accepts, and the most alarms that it returns, in one call. */
const MOST_AT_ONCE = 100

/** The state that stands for an alarm that does not exist. */
export const ABSENT = 'absent'

/**
 * The states of these alarms, in their order; undefined if they cannot be read. Without
 * AlarmTypes, DescribeAlarms would find only metric alarms (API reference).
 */
export async function readAlarms(
  ask: Ask,
  names: readonly string[]
): Promise<MetricsEvidence['alarms'] | undefined> {
  const wanted = [...new Set(names)]
  const states = new Map<string | undefined, string | undefined>()
  for (let from = 0; from < wanted.length; from += MOST_AT_ONCE) {
    const answer = await ask(ALARMS_RIGHT, ({ sdk, client }, options) =>
      client.send(
        new sdk.DescribeAlarmsCommand({
          AlarmNames: wanted.slice(from, from + MOST_AT_ONCE),
          AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
          MaxRecords: MOST_AT_ONCE
        }),
        options
      )
    )
    if (!answer) return undefined
    for (const { AlarmName, StateValue } of [
      ...(answer.MetricAlarms ?? []),
      ...(answer.CompositeAlarms ?? [])
    ])
      states.set(AlarmName, StateValue)
  }
  return wanted.map((name) => ({ name, state: states.get(name) ?? ABSENT }))
}
