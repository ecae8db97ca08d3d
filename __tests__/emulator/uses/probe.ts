import { AwsError } from '../../../emulator/errors.ts'
import type { ManualClock } from '../../../emulator/clock.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import type { Service } from '../../../emulator/http/services.ts'
import { recorded, setMembers } from './recorder.ts'

type Answer = Readonly<Record<string, unknown>>

/** Calls operations with requests that tell what is read of them. */
export class Probe {
  readonly emulator: Emulator
  readonly clock: ManualClock
  /** By operation: what has been set and has had an effect on the answer, on the account or on what it shows. */
  readonly used = new Map<string, Set<string>>()
  readonly #services: readonly Service[]

  constructor(emulator: Emulator, clock: ManualClock, services: readonly Service[]) {
    this.emulator = emulator
    this.clock = clock
    this.#services = services
  }

  /** Resolves with the answer; everything that was accepted is then shown once, which reads what was kept. */
  async call(operation: string, input: object): Promise<Answer> {
    const used = this.#usedBy(operation)
    const answer = await this.#run(
      operation,
      recorded(input, (path) => used.add(path))
    )
    JSON.stringify(answer)
    await this.#showEverything()
    return (answer ?? {}) as Answer
  }

  /** For members that lead to a refusal in AWS's own words: they are used when they are looked at. */
  async refused(operation: string, input: object, words: RegExp): Promise<void> {
    const read = new Set<string>()
    const run = async (): Promise<unknown> =>
      this.#run(
        operation,
        recorded(input, (path) => read.add(path))
      )
    const error = await run().then(
      () => undefined,
      (reason: unknown) => reason
    )
    if (!(error instanceof AwsError) || !words.test(error.message))
      throw new Error(`${operation} was to be refused with ${words.source}`, { cause: error })
    const used = this.#usedBy(operation)
    for (const path of setMembers(input))
      if ([...read].some((seen) => path === seen || path.startsWith(`${seen}.`))) used.add(path)
  }

  #usedBy(operation: string): Set<string> {
    const used = this.used.get(operation) ?? new Set()
    this.used.set(operation, used)
    return used
  }

  #run(operation: string, input: object): unknown {
    const [id = '', name = ''] = operation.split(':')
    const found = this.#services.find((service) => service.id === id)?.operations[name]
    if (!found) throw new Error(`the emulator has no ${operation}`)
    const { emulator } = this
    const caller = { accessKeyId: 'AKIATEST', arn: 'arn:aws:iam::123456789012:user/test' }
    return found.run(input as never, emulator.world, caller)
  }

  async #showEverything(): Promise<void> {
    const { world } = this.emulator
    const { applications, deployments } = world.codedeploy
    const groups = [...applications.values()].flatMap((application) =>
      [...application.groups.keys()].map((deploymentGroupName) => ({
        applicationName: application.name,
        deploymentGroupName
      }))
    )
    const shown: [operation: string, input: object][] = [
      ['elasticloadbalancing:DescribeLoadBalancers', {}],
      ['elasticloadbalancing:DescribeTargetGroups', {}],
      ...[...world.elb.loadBalancers.keys()].map((LoadBalancerArn): [string, object] => [
        'elasticloadbalancing:DescribeListeners',
        { LoadBalancerArn }
      ]),
      ...[...world.elb.listeners.keys()].map((ListenerArn): [string, object] => [
        'elasticloadbalancing:DescribeRules',
        { ListenerArn }
      ]),
      [
        'ecs:DescribeClusters',
        { clusters: [...world.ecs.clusters.keys()], include: ['SETTINGS', 'TAGS'] }
      ],
      ...[...world.ecs.services.values()].map(({ cluster, name }): [string, object] => [
        'ecs:DescribeServices',
        { cluster: cluster.name, services: [name], include: ['TAGS'] }
      ]),
      ...[...world.ecs.families.keys()].map((family): [string, object] => [
        'ecs:DescribeTaskDefinition',
        { taskDefinition: `${family}:1`, include: ['TAGS'] }
      ]),
      ...groups.map((group): [string, object] => ['codedeploy:GetDeploymentGroup', group]),
      ...[...world.codedeploy.configs.keys()].map((deploymentConfigName): [string, object] => [
        'codedeploy:GetDeploymentConfig',
        { deploymentConfigName }
      ]),
      ...[...deployments.keys()].map((deploymentId): [string, object] => [
        'codedeploy:GetDeployment',
        { deploymentId }
      ]),
      ['cloudwatch:DescribeAlarms', {}]
    ]
    for (const [operation, input] of shown) JSON.stringify(await this.#run(operation, input))
  }
}
