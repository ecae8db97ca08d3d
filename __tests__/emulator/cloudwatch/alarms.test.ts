import {
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { openEmptyAccount } from '../empty-account.ts'
import type { EmptyAccount } from '../empty-account.ts'

let account: EmptyAccount
beforeAll(async () => {
  account = await openEmptyAccount()
})
afterAll(async () => account.emulator.close())

it('an alarm shows how it was defined, and why it is in its state', async () => {
  const client = account.cloudwatch()
  const definition = {
    AlarmName: 'errors',
    ActionsEnabled: false,
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    MetricName: 'HTTPCode_Target_5XX_Count',
    Namespace: 'AWS/ApplicationELB',
    Period: 60,
    Statistic: 'Sum',
    Threshold: 1,
    TreatMissingData: 'notBreaching'
  } as const
  const reason = { StateReason: 'somebody said so', StateReasonData: '{}' }
  const shown = async (): Promise<unknown> =>
    (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }))).MetricAlarms
  await client.send(new PutMetricAlarmCommand(definition))
  expect(await shown()).toMatchObject([{ ...definition, StateValue: 'INSUFFICIENT_DATA' }])
  await client.send(
    new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', ...reason })
  )
  expect(await shown()).toMatchObject([{ ...definition, ...reason, StateValue: 'ALARM' }])
})
