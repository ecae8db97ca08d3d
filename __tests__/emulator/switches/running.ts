import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeTasksCommand, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { MINUTE, SECOND, type Lab } from '../lab.ts'
import type { Observations } from './observation.ts'

/** Switches about a service that runs: its tasks, and what its load balancer says of it. */
export const RUNNING: Observations<'quietMinutes' | 'metricsLag' | 'stoppedTask'> = {
  quietMinutes: {
    see: async (lab) => {
      await lab.clock.advance(10 * MINUTE)
      const values = (await pointsOf(lab, 'RequestCount')).map(({ value }) => value)
      return [...new Set(values)]
    },
    expected: { unreported: [], zero: [0] }
  },

  metricsLag: {
    see: async (lab) => {
      await lab.clock.advance(10 * MINUTE)
      const last = (await pointsOf(lab, 'HealthyHostCount')).at(-1)
      return Math.floor((lab.clock.now() - (last?.at ?? 0)) / MINUTE)
    },
    expected: { none: 0, 'two-minutes': 2, 'five-minutes': 5 }
  },

  stoppedTask: {
    see: async (lab) => {
      const { cluster, targetGroupArns } = lab.demo
      const { taskArns = [] } = await lab.ecs.send(new ListTasksCommand({ cluster }))
      const [task] = taskArns
      await lab.ecs.send(new StopTaskCommand({ cluster, task }))
      await lab.clock.advance(SECOND)
      const { tasks } = await lab.ecs.send(
        new DescribeTasksCommand({ cluster, tasks: [task ?? ''] })
      )
      const { TargetHealthDescriptions = [] } = await lab.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArns[0] })
      )
      const states = TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State)
      return { task: tasks?.[0]?.lastStatus, isDraining: states.includes('draining') }
    },
    expected: {
      'signalled-at-once': { task: 'STOPPED', isDraining: false },
      'drained-first': { task: 'DEACTIVATING', isDraining: true }
    }
  }
}

/** A figure of the live target group over the last ten minutes, oldest first. */
async function pointsOf(lab: Lab, MetricName: string): Promise<{ at: number; value: number }[]> {
  const { world, endpoint, userKeys } = lab.emulator
  const client = new CloudWatchClient({
    endpoint,
    region: world.region,
    credentials: userKeys,
    maxAttempts: 1
  })
  const [group] = lab.demo.targetGroupArns
  const [balancer = ''] = world.elb.loadBalancers.keys()
  try {
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(lab.clock.now() - 10 * MINUTE),
        EndTime: new Date(lab.clock.now()),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          {
            Id: 'm',
            MetricStat: {
              Period: 60,
              Stat: 'Sum',
              Metric: {
                Namespace: 'AWS/ApplicationELB',
                MetricName,
                Dimensions: [
                  { Name: 'TargetGroup', Value: group.slice(group.indexOf('targetgroup/')) },
                  { Name: 'LoadBalancer', Value: balancer.slice(balancer.indexOf('app/')) }
                ]
              }
            }
          }
        ]
      })
    )
    const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults ?? []
    return Timestamps.map((at, index) => ({ at: at.getTime(), value: Values[index] ?? NaN }))
  } finally {
    client.destroy()
  }
}
