import { isAlarmState } from './cloudwatch/operations.ts'
import { ManualClock } from './clock.ts'
import { parseFaultRule } from './fault-rule.ts'
import type { Traffic } from './dataplane/traffic.ts'
import type { FrontParts } from './front.ts'
import type { HttpAnswer, HttpRequest } from './http/protocol.ts'
import type { Handler } from './http/server.ts'
import type { World } from './world.ts'

export const CONTROL_PREFIX = '/_emulator/'

/**
 * The emulator's own API, JSON over `/_emulator/`: what a test in this process
 * does by a method call, one in another process does through here.
 */
export function controlApi(world: World, traffic: Traffic, front: FrontParts): Handler {
  return async (request) => ({ answer: await answer({ world, traffic, front, request }) })
}

async function answer(parts: Omit<Command, 'name'>): Promise<HttpAnswer> {
  const { request } = parts
  const [room = '', ...rest] = request.path.slice(CONTROL_PREFIX.length).split('/')
  const name = decodeURIComponent(rest.join('/'))
  try {
    const found = await ROUTES[`${request.method} ${room}`]?.({ ...parts, name })
    return found === undefined ? json(404, { error: 'unknown' }) : json(200, found)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return json(400, { error: error.message })
  }
}

interface Command {
  readonly world: World
  readonly traffic: Traffic
  readonly front: FrontParts
  readonly name: string
  readonly request: HttpRequest
}

const DONE = {}

const ROUTES: Readonly<Record<string, (command: Command) => unknown>> = {
  'GET deployments': ({ world }) => [...world.codedeploy.deployments.values()].map(deployment),
  'GET clock': ({ world }) => ({ now: world.clock.now() }),
  'POST clock': advance,
  'GET alarms': ({ world }) =>
    Object.fromEntries(world.alarms.names().map((name) => [name, world.alarms.state(name)])),
  'PUT alarms': setAlarm,
  'GET faults': ({ front }) => front.faults.rules(),
  'POST faults': ({ front, request }) => {
    front.faults.add(parseFaultRule(body(request)))
    return DONE
  },
  'DELETE faults': ({ front }) => {
    front.faults.clear()
    return DONE
  },
  'GET listeners': ({ world }) =>
    [...world.elb.listeners.values()].map(({ arn, port, boundPort, weights }) => ({
      arn,
      port,
      boundPort,
      weights
    })),
  'GET traffic': ({ world, traffic }) => ({
    listeners: Object.fromEntries(traffic.listeners),
    targetGroups: Object.fromEntries(traffic.targetGroups),
    open: Object.fromEntries(
      [...world.elb.targetGroups.values()].map((group) => [group.arn, traffic.openOf(group)])
    )
  }),
  'GET functions': ({ world }) =>
    world.lambda.names().map((name) => {
      const { arn, invocations = [], logs = [] } = world.lambda.find(name) ?? {}
      return { name, arn, invocations, logs }
    }),
  'GET calls': ({ front, name }) => front.calls.list(name === '' ? '*' : name),
  'DELETE calls': ({ front }) => {
    front.calls.clear()
    return DONE
  }
}

async function advance({ world, request }: Command): Promise<unknown> {
  const ms = body(request)['advanceMs']
  if (typeof ms !== 'number' || !(ms >= 0)) throw new TypeError('advanceMs must be a number >= 0')
  if (!(world.clock instanceof ManualClock)) {
    throw new TypeError('this clock runs by itself; start the emulator with a manual one')
  }
  await world.clock.advance(ms)
  return { now: world.clock.now() }
}

function setAlarm({ world, name, request }: Command): unknown {
  const { state } = body(request)
  if (name === '') throw new TypeError('PUT alarms/<name>')
  if (!isAlarmState(state)) throw new TypeError('state must be OK, ALARM or INSUFFICIENT_DATA')
  world.alarms.put(name, state)
  return DONE
}

type Deployment = World['codedeploy']['deployments'] extends Map<string, infer D> ? D : never

function deployment({ info, events, greenWeight, targetStatus }: Deployment): object {
  return {
    id: info.deploymentId,
    application: info.applicationName,
    group: info.deploymentGroupName,
    status: info.status,
    creator: info.creator,
    rollback: info.rollbackInfo?.rollbackDeploymentId,
    error: info.errorInformation,
    targetStatus,
    greenWeight,
    events: events.map(({ lifecycleEventName, status }) => ({ name: lifecycleEventName, status }))
  }
}

function body(request: HttpRequest): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(request.body.toString('utf8') || '{}')
  } catch {
    throw new TypeError('the body is not JSON')
  }
  if (typeof value !== 'object' || value === null) throw new TypeError('the body is not an object')
  return { ...value }
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
