import type {
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  MetricAlarm,
  PutMetricAlarmInput,
  SetAlarmStateInput
} from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../errors.ts'
import { operations, using } from '../operation.ts'
import type { World } from '../world.ts'
import type { AlarmState } from './alarms.ts'
import { getMetricData } from './metric-data.ts'

/** Of an alarm on one metric: kept and shown. */
const DEFINITION = {
  ActionsEnabled: true,
  AlarmActions: true,
  AlarmDescription: true,
  ComparisonOperator: true,
  DatapointsToAlarm: true,
  Dimensions: true,
  EvaluateLowSampleCountPercentile: true,
  EvaluationPeriods: true,
  ExtendedStatistic: true,
  InsufficientDataActions: true,
  MetricName: true,
  Namespace: true,
  OKActions: true,
  Period: true,
  Statistic: true,
  Threshold: true,
  TreatMissingData: true,
  Unit: true
} as const

/** CloudWatch: what load balancers publish, and alarms, which evaluate none of it: their state is set. */
export const cloudwatchOperations = operations('cloudwatch', {
  DescribeAlarms: using(
    {
      AlarmNames: true,
      AlarmNamePrefix: true,
      AlarmTypes: true,
      StateValue: true,
      MaxRecords: true,
      NextToken: true
    },
    describeAlarms
  ),
  GetMetricData: using(
    {
      MetricDataQueries: {
        Id: true,
        MetricStat: {
          Metric: { Namespace: true, MetricName: true, Dimensions: { Name: true, Value: true } },
          Period: true,
          Stat: true,
          Unit: true
        },
        Label: true,
        ReturnData: true
      },
      StartTime: true,
      EndTime: true,
      NextToken: true,
      ScanBy: true,
      MaxDatapoints: true
    },
    getMetricData
  ),
  PutMetricAlarm: using({ AlarmName: true, ...DEFINITION }, putMetricAlarm),
  SetAlarmState: using(
    { AlarmName: true, StateValue: true, StateReason: true, StateReasonData: true },
    setAlarmState
  )
})

function describeAlarms(input: DescribeAlarmsInput, world: World): DescribeAlarmsOutput {
  const { AlarmNames: names, AlarmNamePrefix: prefix, StateValue: state } = input
  if (names && prefix !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'AlarmNames and AlarmNamePrefix cannot be given together'
    )
  }
  const alarms = world.alarms
    .names()
    .filter((name) => (names?.includes(name) ?? true) && name.startsWith(prefix ?? ''))
    .map((name) => describe(name, world))
    .filter((alarm) => state === undefined || alarm.StateValue === state)
  // Without AlarmTypes only metric alarms are given; there are no others here.
  const wanted = input.AlarmTypes?.includes('MetricAlarm') ?? true
  return { ...page(wanted ? alarms : [], input), CompositeAlarms: [] }
}

/** From the alarm on whose name the token is. */
function page(
  alarms: readonly MetricAlarm[],
  { MaxRecords: most = 50, NextToken: token }: DescribeAlarmsInput
): DescribeAlarmsOutput {
  if (most < 1 || most > 100)
    throw new AwsError('ValidationError', 'MaxRecords must be between 1 and 100')
  const from = token === undefined ? 0 : alarms.findIndex(({ AlarmName }) => AlarmName === token)
  if (from < 0) throw new AwsError('InvalidNextToken', 'The next token specified is invalid.')
  const next = alarms[from + most]?.AlarmName
  return { MetricAlarms: alarms.slice(from, from + most), ...(next && { NextToken: next }) }
}

function putMetricAlarm(
  { AlarmName: name = '', ...definition }: PutMetricAlarmInput,
  world: World
): void {
  world.alarms.define(name, definition)
  // A new alarm has seen no data yet; changing an old one keeps its state.
  world.alarms.put(name, world.alarms.state(name) ?? 'INSUFFICIENT_DATA')
}

function setAlarmState(
  { AlarmName = '', StateValue, ...reason }: SetAlarmStateInput,
  world: World
): void {
  if (!world.alarms.state(AlarmName)) throw new AwsError('ResourceNotFound', 'Unknown alarm', 404)
  if (!isAlarmState(StateValue)) throw new AwsError('ValidationError', 'Not an alarm state')
  world.alarms.put(AlarmName, StateValue, reason)
}

export function isAlarmState(value: unknown): value is AlarmState {
  return value === 'OK' || value === 'ALARM' || value === 'INSUFFICIENT_DATA'
}

function describe(name: string, world: World): MetricAlarm {
  return {
    AlarmName: name,
    AlarmArn: `arn:${world.partition}:cloudwatch:${world.region}:${world.account}:alarm:${name}`,
    StateValue: world.alarms.state(name),
    ActionsEnabled: true,
    ...world.alarms.reason(name),
    ...world.alarms.definition(name)
  }
}
