import type { Mapping } from '../../../documents/mapping.ts'
import { Members } from '../../../documents/members.ts'
import {
  ASSIGN_PUBLIC_IP,
  HOOK_EVENTS,
  inLifecycleOrder,
  type AppSpec,
  type CapacityProvider,
  type Hook,
  type HookEvent,
  type Network
} from './model.ts'
import { AppSpecError } from './problems.ts'
import { say } from '../../../words/say.ts'

/** The limits of CapacityProviderStrategyItem in the ECS API. */
const MAX_BASE = 100_000
const MAX_WEIGHT = 1000

/**
 * Members that only an AppSpec for EC2 and on-premises servers has (CodeDeploy user guide,
 * "AppSpec file structure").
 */
const OF_SERVERS: ReadonlySet<string> = new Set(['os', 'files', 'permissions'])

/**
 * Reads the AppSpec in a document, with keys in any case.
 *
 * @throws AppSpecError with every problem, each with its path.
 */
export function parseAppSpec(document: Mapping): AppSpec {
  const problems: string[] = []
  const root = new Members(document, '', problems)
  const foreign = root.keys().filter((key) => OF_SERVERS.has(key.toLowerCase()))
  if (foreign.length > 0) {
    throw new AppSpecError([
      say`found ${foreign.join(say` and `)}: this is an AppSpec for servers; one for ECS has a TargetService among its Resources`
    ])
  }
  const version = root.value('version')
  if (version !== 0 && version !== '0.0') root.refuse('version', say`wanted 0.0, the only one`)
  const target = readTarget(root)
  const hooks = readHooks(root)
  root.refuseOthers()
  if (problems.length > 0 || target === undefined) throw new AppSpecError(problems)
  return { ...target, hooks }
}

type Target = Omit<AppSpec, 'hooks'>

// From here on, undefined means that the member is optional, or that its problem has been noted.

function readTarget(root: Members): Target | undefined {
  const resources = root
    .mappings('Resources')
    .flatMap((resource) => resource.keys().map((key) => ({ resource, key })))
  const [only] = resources
  if (only === undefined || resources.length > 1) {
    return root.refuse('Resources', say`found ${resources.length}, wanted one TargetService`)
  }
  only.resource.require(only.key)
  const service = only.resource.mapping(only.key)
  service?.require('Type', 'Properties')
  service?.oneOf('Type', ['AWS::ECS::Service'])
  const properties = service?.mapping('Properties')
  service?.refuseOthers()
  return properties && readProperties(properties)
}

function readProperties(properties: Members): Target | undefined {
  properties.require('LoadBalancerInfo')
  // Any value is accepted, such as a template's placeholder, because the released revision replaces
  // it.
  const written = properties.value('TaskDefinition')
  const taskDefinition = typeof written === 'string' && written !== '' ? written : undefined
  const loadBalancer = properties.mapping('LoadBalancerInfo')
  const platformVersion = properties.text('PlatformVersion')
  const network = readNetwork(properties)
  const capacityProviders = properties
    .mappings('CapacityProviderStrategy')
    .flatMap((item) => readCapacityProvider(item) ?? [])
  properties.refuseOthers()

  loadBalancer?.require('ContainerName', 'ContainerPort')
  const containerName = loadBalancer?.text('ContainerName')
  const containerPort = loadBalancer?.wholeNumber('ContainerPort', 1, 65_535)
  loadBalancer?.refuseOthers()
  if (containerName === undefined || containerPort === undefined) return undefined
  return {
    taskDefinition,
    containerName,
    containerPort,
    platformVersion,
    network,
    capacityProviders
  }
}

function readNetwork(properties: Members): Network | undefined {
  const configuration = properties.mapping('NetworkConfiguration')
  configuration?.require('AwsvpcConfiguration')
  const awsvpc = configuration?.mapping('AwsvpcConfiguration')
  configuration?.refuseOthers()
  // AWS accepts all three members or none.
  awsvpc?.require('Subnets', 'SecurityGroups', 'AssignPublicIp')
  const subnets = awsvpc?.texts('Subnets')
  const securityGroups = awsvpc?.texts('SecurityGroups')
  const assignPublicIp = awsvpc?.oneOf('AssignPublicIp', ASSIGN_PUBLIC_IP)
  awsvpc?.refuseOthers()
  return subnets && securityGroups && assignPublicIp && { subnets, securityGroups, assignPublicIp }
}

function readCapacityProvider(item: Members): CapacityProvider | undefined {
  item.require('CapacityProvider')
  const capacityProvider = item.text('CapacityProvider')
  const base = item.wholeNumber('Base', 0, MAX_BASE)
  const weight = item.wholeNumber('Weight', 0, MAX_WEIGHT)
  item.refuseOthers()
  return capacityProvider === undefined ? undefined : { capacityProvider, base, weight }
}

function readHooks(root: Members): readonly Hook[] {
  const hooks: Hook[] = []
  const seen = new Set<HookEvent>()
  for (const entry of root.mappings('Hooks')) {
    for (const event of HOOK_EVENTS.filter((name) => entry.has(name))) {
      entry.require(event)
      const named = entry.text(event)
      if (seen.has(event)) entry.refuse(event, say`is there twice, wanted one function an event`)
      seen.add(event)
      if (named !== undefined) hooks.push({ event, function: named })
    }
    entry.refuseOthers()
  }
  return inLifecycleOrder(hooks)
}
