import * as core from '@actions/core'
import { afterEach } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { InstantRuntime } from '../../../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../../../emulator/emulator.ts'
import { registerVersion, whenSteady } from '../../../emulator/worlds/gated-service.ts'
import { builder } from '../../../emulator/worlds/ground.ts'
import {
  CONTAINER_PORT,
  createLoadBalancer,
  createTargetGroup
} from '../../../emulator/worlds/network.ts'
import { quiet } from '../../../runner/quiet.ts'
import { parseInputs } from '../../../src/action/inputs/parse.ts'
import { reportOf } from '../../../src/action/finish.ts'
import { runRelease } from '../../../src/action/run-release.ts'
import { triggerOf } from '../../../src/action/trigger.ts'
import type { PlaneFactory } from '../../../src/controllers/control-plane.ts'
import { newDraft, type Draft } from '../../../src/release/draft.ts'
import type { Followed } from '../../../src/release/followed.ts'
import type { Report } from '../../../src/release/report.ts'

const CLUSTER = 'shop'
const HOUR = 3_600_000
const TRIGGER = triggerOf({ GITHUB_ACTOR: 'octocat', GITHUB_REPOSITORY: 'octo/shop' })
const SPEC = { service: 'orders', container: 'app', sidecars: [] }

/** Weights of prod1 and prod2. */
export type Pair = readonly [number, number]

/** Two production groups behind one listener, each with a service of the controller ECS. */
export interface Place {
  readonly emulator: Emulator
  readonly clock: ManualClock
  readonly listener: string
  readonly groups: readonly [string, string]
  weights(): Pair
  /** Somebody changes them beside the release. */
  setWeights(weights: Pair): void
  /** Which image version each side's service deploys. */
  versions(): readonly string[]
  /** Somebody else deploys to a side, by its place. */
  deployBeside(side: 0 | 1): void
  /** All targets of a side go, by its place. */
  loseTargets(side: 0 | 1): void
  run(inputs?: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Run
  /** Lets virtual time pass until `until` settles. */
  advance(until: Promise<unknown>, ms?: number): Promise<void>
}

export interface RunOptions {
  readonly cancelled: AbortSignal
  readonly planes: readonly PlaneFactory[]
  readonly workspace: string
}

export interface Run {
  readonly draft: Draft
  readonly lines: readonly string[]
  readonly followed: () => Followed | undefined
  readonly ended: Promise<Report>
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

export interface PlaceOptions {
  readonly weights?: Pair
  readonly desired?: number
  /** What each side runs. */
  readonly versions?: readonly [string, string]
}

/** The world, on a virtual clock; closed after the test. */
export async function openPlace({
  weights = [100, 0],
  desired = 2,
  versions = ['2', '1']
}: PlaceOptions = {}): Promise<Place> {
  const clock = new ManualClock()
  const emulator = await startEmulator({
    clock,
    runtime: (time) => new InstantRuntime(time),
    proxies: false
  })
  closers.push(() => emulator.close())
  const { world, operations } = emulator
  const loadBalancer = createLoadBalancer(emulator, 'shop', 'internet-facing')
  const one = createTargetGroup(emulator, 'shop-prod1', {})
  const other = createTargetGroup(emulator, 'shop-prod2', {})
  const groups = [one, other] as const
  const actionsOf = ([first, second]: Pair) => [
    {
      Type: 'forward' as const,
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: one, Weight: first },
          { TargetGroupArn: other, Weight: second }
        ]
      }
    }
  ]
  const made = await operations.elasticloadbalancing.CreateListener({
    LoadBalancerArn: loadBalancer,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: actionsOf(weights)
  })
  const listener = made.Listeners?.[0]?.ListenerArn ?? ''
  operations.ecs.CreateCluster({ clusterName: CLUSTER }, world, builder(world))
  for (const [place, targetGroupArn] of groups.entries()) {
    operations.ecs.CreateService(
      {
        cluster: CLUSTER,
        serviceName: `shop-prod${place + 1}`,
        taskDefinition: registerVersion(emulator, SPEC, versions[place] ?? '1'),
        desiredCount: desired,
        launchType: 'FARGATE',
        deploymentController: { type: 'ECS' },
        loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: CONTAINER_PORT }],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-0a1b2c3d'],
            securityGroups: ['sg-0123456789abcdef0']
          }
        }
      },
      world,
      builder(world)
    )
  }
  const steady = Promise.all(
    ['shop-prod1', 'shop-prod2'].map((service) =>
      whenSteady(emulator, { cluster: CLUSTER, service })
    )
  )
  await advance(clock, steady, HOUR)
  Object.assign(process.env, emulator.environment)
  emulator.calls.clear()

  const listenerNow = () =>
    operations.elasticloadbalancing.DescribeListeners({ ListenerArns: [listener] }).Listeners?.[0]
  return {
    emulator,
    clock,
    listener,
    groups,
    weights() {
      const shown = listenerNow()?.DefaultActions?.[0]?.ForwardConfig?.TargetGroups ?? []
      const of = (arn: string): number =>
        shown.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight ?? NaN
      return [of(one), of(other)]
    },
    setWeights: (wanted) =>
      void operations.elasticloadbalancing.ModifyListener({
        ListenerArn: listener,
        DefaultActions: actionsOf(wanted)
      }),
    versions: () =>
      ['shop-prod1', 'shop-prod2'].map((service) => {
        const arn = world.ecsControl.findService(CLUSTER, service)?.serving.taskDefinitionArn ?? ''
        const { taskDefinition } = operations.ecs.DescribeTaskDefinition(
          { taskDefinition: arn },
          world,
          builder(world)
        )
        return taskDefinition?.containerDefinitions?.[0]?.image?.split(':').at(-1) ?? '?'
      }),
    deployBeside: (side) =>
      void operations.ecs.UpdateService(
        {
          cluster: CLUSTER,
          service: `shop-prod${side + 1}`,
          taskDefinition: registerVersion(emulator, SPEC, '9')
        },
        world,
        builder(world)
      ),
    loseTargets(side) {
      const TargetGroupArn = groups[side]
      const { TargetHealthDescriptions: targets = [] } =
        operations.elasticloadbalancing.DescribeTargetHealth({ TargetGroupArn })
      const Targets = targets.flatMap(({ Target }) => (Target ? [Target] : []))
      operations.elasticloadbalancing.DeregisterTargets({ TargetGroupArn, Targets })
    },
    run: (inputs = {}, more = {}) => begin(clock, inputs, more),
    advance: (until, ms = 12 * HOUR) => advance(clock, until, ms)
  }
}

/** What every release of this world is asked for with. */
export const INPUTS = {
  strategy: 'failover',
  cluster: CLUSTER,
  listener: 'shop:80',
  sides: [
    'prod1=shop-prod1',
    'prod2=shop-prod2',
    'prod1-service=shop-prod1',
    'prod2-service=shop-prod2'
  ].join('\n'),
  bake: '1 min',
  'container-name': 'app',
  image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:3'
}

function begin(
  clock: ManualClock,
  inputs: Readonly<Record<string, string>>,
  { cancelled = new AbortController().signal, planes, workspace }: Partial<RunOptions>
): Run {
  const asked = Object.entries({ ...INPUTS, ...inputs }).filter(([, value]) => value !== '')
  const { settings } = parseInputs(
    Object.fromEntries(asked.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  )
  const draft = newDraft(settings.cluster, settings.service)
  const lines: string[] = []
  const keep = (text: string): void => void lines.push(text)
  const startedAt = clock.now()
  let followed: Followed | undefined
  const release = runRelease({
    io: {
      core,
      env: { ...process.env, ...(workspace !== undefined && { GITHUB_WORKSPACE: workspace }) },
      clock,
      random: Math.random,
      cancelled,
      atExit: () => () => undefined
    },
    log: {
      info: keep,
      debug: () => undefined,
      warning: keep,
      error: keep,
      fail: keep,
      mask: () => undefined,
      group: (_, work) => work()
    },
    settings,
    trigger: TRIGGER,
    draft,
    startedAt,
    planes,
    onDeployment: (each) => {
      followed = each
      return Promise.resolve()
    }
  })
  return {
    draft,
    lines,
    followed: () => followed,
    ended: release.then((ending) =>
      reportOf(draft, ending, settings, TRIGGER, { startedAt, endedAt: clock.now() })
    )
  }
}

/** What takes real time takes no virtual time. */
async function advance(clock: ManualClock, until: Promise<unknown>, ms: number): Promise<void> {
  const progress = { done: false }
  const finish = (): void => void (progress.done = true)
  until.then(finish, finish)
  for (const end = clock.now() + ms; clock.now() < end && !progress.done;) {
    await quiet()
    await clock.advance(Math.min(clock.nextDue, end) - clock.now())
  }
}
