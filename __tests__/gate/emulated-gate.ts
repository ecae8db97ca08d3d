import { afterEach } from '@jest/globals'
import { CodeDeployClient } from '@aws-sdk/client-codedeploy'
import type { Emulator } from '../../emulator/emulator.ts'
import { proxyEvent } from '../../emulator/http-api/event.ts'
import type { Clock } from '../../emulator/clock.ts'
import type { DemoWorld } from '../../emulator/worlds/demo.ts'
import { startVirtualRelease } from '../../runner/virtual-release.ts'
import type { VirtualOptions, VirtualRelease } from '../../runner/virtual-release.ts'
import { awsShift } from '../../src/controllers/codedeploy/gate/shift.ts'
import { gatePlane } from '../../src/controllers/codedeploy/gate/gate-plane.ts'
import { watchdogPlane } from '../../src/controllers/codedeploy/gate/read-gating.ts'
import type { RequestPlane } from '../../src/controllers/gate-plane.ts'
import { handleCallback } from '../../src/gate/callback/handler.ts'
import type { HttpAnswer } from '../../src/gate/callback/http.ts'
import type { Intent } from '../../src/gate/policy/person.ts'
import type { Platform } from '../../src/gate/platform.ts'
import { handleRequest } from '../../src/gate/request/handler.ts'
import { handleSweep } from '../../src/gate/sweep/sweep.ts'
import { handleWatchdog } from '../../src/gate/watchdog/handler.ts'
import type { Gate } from '../../src/ledger/gate.ts'
import { gatesOf } from '../../src/ledger/gates.ts'
import {
  KEYS_IN_REACH,
  memoryWorldAt,
  policyWith,
  REMAINING_MS,
  type MemoryWorld
} from './memory-world.ts'
import { clickPayload, reasonPayload, signed, SIGNING_SECRET } from './slack-requests.ts'
import { ASKED } from './stage.ts'

/**
 * The gate's functions in this process: their CodeDeploy and their events are an emulated account's,
 * on a virtual clock, their ledger and their Slack are in memory. The watchdog stops what is not
 * gated.
 */
export interface EmulatedGate extends VirtualRelease {
  readonly world: MemoryWorld<Clock>
  readonly codedeploy: CodeDeployClient
  /** ARN of the gate's function. */
  readonly gateArn: string
  /** The deployment that the release has created. */
  readonly deploymentId: () => string
  readonly gates: () => Promise<Gate[]>
  /** Lets time pass until the card is there. */
  readonly card: () => Promise<void>
  /** A click on the card, or a reason that was submitted, as the HTTP API hands it over. */
  readonly click: (user: string, intent: Intent, reason?: string) => Promise<HttpAnswer>
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** Starts a release; closed after the test. */
export async function emulatedGate(options: VirtualOptions = {}): Promise<EmulatedGate> {
  const installed = Promise.withResolvers<Installed>()
  const release = await startVirtualRelease({
    ...options,
    prepare(emulator, demo) {
      options.prepare?.(emulator, demo)
      installed.resolve(install(emulator, demo))
    }
  })
  const { world, codedeploy, gateArn } = await installed.promise
  closers.push(async () => {
    await release.close()
    codedeploy.destroy()
  })
  const deploymentId = (): string => release.draft.deployment?.id ?? ''
  const gates = (): Promise<Gate[]> => gatesOf(world.table, deploymentId())
  return {
    ...release,
    world,
    codedeploy,
    gateArn,
    deploymentId,
    gates,
    async card() {
      for (let minute = 0; world.slack.cards === 0 && minute < 10; minute += 0.25)
        await release.advance(15_000)
    },
    async click(user, intent, reason) {
      const id = (await gates())[0]?.facts.id ?? ''
      const payload =
        reason === undefined || intent === 'approve'
          ? clickPayload(user, intent, id)
          : reasonPayload(user, intent, id, reason)
      const event = formEvent(release.emulator, signed(payload, world.clock.now()))
      const answer = handleCallback(world.platform, () => Promise.resolve(SIGNING_SECRET), event)
      await release.advance(10_000, answer)
      return answer
    }
  }
}

interface Installed {
  readonly world: MemoryWorld<Clock>
  readonly codedeploy: CodeDeployClient
  readonly gateArn: string
}

/** As infra/gate.yaml does it: a hook, a sweep each minute and at CodeDeploy's events, a watchdog at both. */
function install(emulator: Emulator, demo: DemoWorld): Installed {
  const { clock, region, lambda, events } = emulator.world
  const world = memoryWorldAt(
    clock,
    policyWith({}, { watch: { deploymentGroups: ['*/*'], onUngated: 'stop' } })
  )
  const codedeploy = new CodeDeployClient({
    endpoint: emulator.endpoint,
    region,
    credentials: emulator.userKeys
  })
  const plane: RequestPlane = {
    ...gatePlane({ client: codedeploy, region, clock, running: () => world.plane.running() }),
    health: () => world.plane.health(),
    definitions: () => world.plane.definitions(),
    ...awsShift(codedeploy)
  }
  const platform: Platform<RequestPlane> = {
    ...world.platform,
    planes: { codedeploy: () => Promise.resolve(plane) }
  }
  const inline = (name: string, handler: (event: unknown) => Promise<void>): string =>
    lambda.create(name, { kind: 'inline', handler }).arn
  const findRequester = (): Promise<typeof ASKED> => Promise.resolve(ASKED)
  const gateArn = inline(demo.gate.name, (event) =>
    handleRequest(platform, findRequester, event, REMAINING_MS)
  )
  inline('sweep', () => handleSweep(platform, KEYS_IN_REACH))
  const watchdog = watchdogPlane(codedeploy, gateArn)
  const planes = { codedeploy: () => Promise.resolve(watchdog) }
  const observe = (): Promise<boolean> => Promise.resolve(false)
  const record = (event: unknown): Promise<void> =>
    handleRequest(platform, findRequester, event, REMAINING_MS)
  inline('watchdog', (event) => handleWatchdog({ ...platform, planes, observe, record }, event))
  const source = ['aws.codedeploy']
  events.putRule({ name: 'minutely', schedule: 'rate(1 minute)', targets: ['sweep'] })
  events.putRule({ name: 'changes', pattern: { source }, targets: ['sweep'] })
  const pattern = { source, detail: { state: ['START'] } }
  const starts = { name: 'starts', pattern, schedule: 'rate(1 minute)' }
  events.putRule({ ...starts, targets: ['watchdog'] })
  return { world: { ...world, platform }, codedeploy, gateArn }
}

/** What API Gateway makes of Slack's request (switch `httpApiBody`). */
function formEvent(
  { world }: Emulator,
  { headers, body }: ReturnType<typeof signed>
): ReturnType<typeof proxyEvent> {
  return proxyEvent(
    {
      method: 'POST',
      path: '/slack',
      query: '',
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(body, 'base64'),
      sourceIp: '192.0.2.1',
      httpVersion: '1.1'
    },
    {
      apiId: 'api',
      region: world.region,
      account: world.account,
      routeKey: 'POST /slack',
      requestId: 'request',
      at: world.clock.now(),
      port: 443,
      httpApiBody: world.switches.httpApiBody
    }
  )
}
