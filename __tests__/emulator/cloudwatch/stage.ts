import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import type { GetMetricDataInput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  RegisterTargetsCommand
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ManualClock } from '../../../emulator/clock.ts'
import { startEmulator } from '../../../emulator/emulator.ts'
import type { Emulator } from '../../../emulator/emulator.ts'

export const MINUTE = 60_000
/** The manual clock's beginning, which is the beginning of a minute. */
export const START = Date.UTC(2026, 0, 1)

/** One load balancer with two target groups; targets are servers of the test. */
export class Balancer {
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly cloudwatch: CloudWatchClient
  readonly arn: string
  readonly blue: string
  readonly green: string
  readonly #elb: ElasticLoadBalancingV2Client
  readonly #listener: string
  readonly #servers: Server[] = []

  private constructor(
    emulator: Emulator,
    clock: ManualClock,
    clients: { cloudwatch: CloudWatchClient; elb: ElasticLoadBalancingV2Client },
    arns: { balancer: string; blue: string; green: string; listener: string }
  ) {
    this.emulator = emulator
    this.clock = clock
    this.cloudwatch = clients.cloudwatch
    this.#elb = clients.elb
    this.arn = arns.balancer
    this.blue = arns.blue
    this.green = arns.green
    this.#listener = arns.listener
  }

  /** Traffic goes to blue, which has no target yet. */
  static async open(): Promise<Balancer> {
    const clock = new ManualClock(START)
    // What a minute says is told at once, so that tests need not wait for it.
    const emulator = await startEmulator({ clock, switches: { metricsLag: 'none' } })
    const settings = {
      endpoint: emulator.endpoint,
      region: emulator.world.region,
      credentials: emulator.userKeys,
      maxAttempts: 1
    }
    const elb = new ElasticLoadBalancingV2Client(settings)
    const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: 'shop' }))
    const balancer = LoadBalancers?.[0]?.LoadBalancerArn ?? ''
    const group = async (Name: string): Promise<string> => {
      const answer = await elb.send(
        new CreateTargetGroupCommand({ Name, Port: 8080, TargetType: 'ip' })
      )
      return answer.TargetGroups?.[0]?.TargetGroupArn ?? ''
    }
    const blue = await group('orders-a')
    const green = await group('orders-b')
    const listener = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer,
        Port: 80,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: blue }]
      })
    )
    return new Balancer(
      emulator,
      clock,
      { elb, cloudwatch: new CloudWatchClient(settings) },
      { balancer, blue, green, listener: listener.Listeners?.[0]?.ListenerArn ?? '' }
    )
  }

  /** Where the listener's proxy is. */
  get url(): string {
    return `http://127.0.0.1:${this.emulator.world.elb.listeners.get(this.#listener)?.boundPort}`
  }

  /** Sends traffic to this group alone. */
  async forward(targetGroup: string): Promise<void> {
    await this.#elb.send(
      new ModifyListenerCommand({
        ListenerArn: this.#listener,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroup }]
      })
    )
  }

  /** Registers a server of the test and waits until it is healthy; returns its port. */
  async target(targetGroup: string, answer: RequestListener = respond): Promise<number> {
    const server = createServer(answer)
    this.#servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no TCP address')
    await this.#elb.send(
      new RegisterTargetsCommand({
        TargetGroupArn: targetGroup,
        Targets: [{ Id: '127.0.0.1', Port: address.port }]
      })
    )
    const key = `127.0.0.1:${address.port}`
    const group = this.emulator.world.elb.targetGroups.get(targetGroup)
    while (group?.targets.get(key)?.state === 'initial')
      await new Promise((resolve) => setImmediate(resolve))
    return address.port
  }

  async deregister(targetGroup: string, port: number): Promise<void> {
    await this.#elb.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: targetGroup,
        Targets: [{ Id: '127.0.0.1', Port: port }]
      })
    )
  }

  /** Requests through the listener, one after the other. */
  async ask(...paths: readonly string[]): Promise<void> {
    for (const path of paths) await (await fetch(`${this.url}${path}`)).text()
  }

  /** A query for a figure of a target group, a minute a point. */
  query(
    metric: string,
    stat = 'Sum',
    targetGroup: string | undefined = this.blue,
    period = 60,
    names: readonly string[] = ['TargetGroup', 'LoadBalancer']
  ): MetricDataQuery {
    return {
      Id: 'm',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/ApplicationELB',
          MetricName: metric,
          Dimensions: [
            { Name: 'TargetGroup', Value: targetGroup.slice(targetGroup.indexOf('targetgroup/')) },
            { Name: 'LoadBalancer', Value: this.arn.slice(this.arn.indexOf('app/')) }
          ].filter(({ Name }) => names.includes(Name))
        },
        Period: period,
        Stat: stat
      }
    }
  }

  /** The points of one query over the first hour, by minute. */
  async points(query: MetricDataQuery): Promise<Record<number, number>> {
    const answer = await this.data({ MetricDataQueries: [query] })
    const [result] = answer.MetricDataResults ?? []
    return Object.fromEntries(
      (result?.Timestamps ?? []).map((at, index) => [
        (at.getTime() - START) / MINUTE,
        result?.Values?.[index] ?? NaN
      ])
    )
  }

  /** GetMetricData over the first hour unless asked otherwise. */
  data(input: Partial<GetMetricDataInput>) {
    return this.cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(START),
        EndTime: new Date(START + 60 * MINUTE),
        MetricDataQueries: [],
        ...input
      })
    )
  }

  async close(): Promise<void> {
    this.#elb.destroy()
    this.cloudwatch.destroy()
    for (const server of this.#servers) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    await this.emulator.close()
  }
}

/** Answers with the status that is the path, `/503`, and 200 otherwise. */
export const respond: RequestListener = (request, response) => {
  response.statusCode = Number(/^\/(\d{3})$/.exec(request.url ?? '')?.[1] ?? 200)
  response.end('answer')
}
