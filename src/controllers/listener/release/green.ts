import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs'
import type { Clients } from '../../../aws/clients.ts'
import type { OptionalReads } from '../../../aws/optional-reads.ts'
import { runningImages } from '../../../aws/running-images.ts'
import type { RunningImage } from '../../../release/evidence.ts'
import type { FailoverSettings, Settings } from '../../../release/settings.ts'
import type { Sides } from '../../../verification/metrics-reader.ts'
import { say } from '../../../words/say.ts'
import type { Green } from '../../control-plane.ts'
import type { LegSide } from './legs.ts'
import type { Facts } from './survey.ts'

export interface GreenOptions {
  readonly clients: Clients
  readonly optionalReads: OptionalReads
  readonly settings: Settings
  readonly failover: FailoverSettings
  readonly facts: Facts | undefined
  /** The side that is released; undefined until there is a release. */
  readonly green: LegSide | undefined
}

/** What DescribeTasks takes at once. */
const MOST_TASKS = 100

/** Where the side that is released and production can be asked and measured. */
export function openGreen(options: GreenOptions): Green {
  const { settings, failover, facts, green } = options
  return {
    origin: (listener) =>
      Promise.resolve(
        listener === 'test' ? originOf(settings, failover, green) : productionOrigin(facts)
      ),
    sides: (names) => Promise.resolve(sidesOf(facts, names)),
    fleets: { green: NO_RECOVERY, blue: NO_RECOVERY },
    images: () => imagesOf(options)
  }
}

/** Where one side alone is asked: at the address that `sides` names for it, or at that of `test-url`. */
export function originOf(
  { testUrl }: Pick<Settings, 'testUrl'>,
  { sides }: FailoverSettings,
  green: Pick<LegSide, 'name'> | undefined
): string | undefined {
  const own = sides.find(({ name }) => name === green?.name)?.url
  return own ?? (testUrl === undefined ? undefined : new URL(testUrl).origin)
}

/** As the load balancer is named in DNS; undefined if that name is in no certificate, or a rule wants more than a path. */
function productionOrigin(facts: Facts | undefined): string | undefined {
  if (!facts || !('value' in facts.route)) return undefined
  const { kind, listener, dnsName } = facts.route.value
  if (kind === 'rule' || listener.Protocol !== 'HTTP' || dnsName === undefined) return undefined
  return `http://${dnsName}:${listener.Port ?? 80}`
}

function sidesOf(
  facts: Facts | undefined,
  { blue, green }: { readonly blue: string; readonly green: string }
): Sides | string {
  const unknown = say`the target groups ${blue} and ${green} are not there, or behind no load balancer`
  if (!facts || !('value' in facts.route)) return unknown
  const loadBalancer = facts.route.value.listener.LoadBalancerArn
  const arnOf = (name: string): string | undefined =>
    facts.sides
      .flatMap((side) => ('value' in side ? [side.value.arn] : []))
      .find((arn) => arn.split('/').at(-2) === name)
  const [one, other] = [arnOf(blue), arnOf(green)]
  if (loadBalancer === undefined || one === undefined || other === undefined) return unknown
  return { loadBalancer, blue: one, green: other }
}

const NO_RECOVERY = {
  look: () => Promise.resolve(say`a failover times no recovery`),
  stop: () => Promise.resolve(say`a failover times no recovery`)
}

/** Empty if they may not be read, or if the side runs no tasks of ECS. */
async function imagesOf({
  clients,
  optionalReads,
  settings,
  green
}: GreenOptions): Promise<readonly RunningImage[]> {
  const { cluster } = settings
  const serviceName = green?.service
  if (serviceName === undefined) return []
  const listed = await optionalReads.read('ecs:ListTasks', (abortSignal) =>
    clients.ecs.send(new ListTasksCommand({ cluster, serviceName, desiredStatus: 'RUNNING' }), {
      abortSignal
    })
  )
  const tasks = listed?.taskArns?.slice(0, MOST_TASKS) ?? []
  if (tasks.length === 0) return []
  const described = await optionalReads.read('ecs:DescribeTasks', (abortSignal) =>
    clients.ecs.send(new DescribeTasksCommand({ cluster, tasks }), { abortSignal })
  )
  const running = (described?.tasks ?? []).filter(({ lastStatus }) => lastStatus === 'RUNNING')
  return runningImages(running)
}
