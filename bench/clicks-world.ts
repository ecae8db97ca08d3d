import { join } from 'node:path'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../emulator/emulator.ts'
import { signedRequest } from '../emulator/slack/signed.ts'
import { startSlack } from '../emulator/slack/server.ts'
import type { Slack } from '../emulator/slack/slack.ts'
import type { Message } from '../emulator/slack/workspace.ts'
import { demoService } from '../emulator/worlds/demo.ts'
import { installGate } from '../emulator/worlds/gate-app.ts'
import type { GatedService } from '../emulator/worlds/gated-service.ts'
import { ROOT } from '../runner/environment.ts'
import { runAction } from '../runner/run-action.ts'
import { post } from './crowd.ts'

/** One gated service, and people who may all approve. */
export interface ClicksWorld {
  /** Releases a version; resolves with its card. */
  readonly release: (version: number) => Promise<Card>
  /** One person's click on Approve. */
  readonly click: (person: number, gate: string) => Promise<void>
  /** So many requests in a row, sent by a function that does nothing else. */
  readonly floor: (calls: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface Card {
  /** The gate's id, as the card's buttons carry it. */
  readonly gate: string
  /** Which person the card says has approved. */
  readonly decider: () => number
  /** Resolves once it is released; rejects where it is not. */
  readonly ended: Promise<void>
}

const TEAM = 'T0TEAM'
const APP = 'A0APP'
const CHANNEL = 'C0BENCH'
const SECRET = 'bench'

export async function clicksWorld(people: number): Promise<ClicksWorld> {
  const emulator = await startEmulator({
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false
  })
  const users = Array.from({ length: people }, (_, index) => `U0USER${index}`)
  const { clock } = emulator.world
  const slack = await startSlack({
    clock,
    team: TEAM,
    app: APP,
    botToken: 'xoxb-bench',
    signingSecret: SECRET,
    members: users.map((id) => ({ id, name: id })),
    channels: { [CHANNEL]: 'bench' },
    rateLimits: 'off'
  })
  const close = async (): Promise<void> => {
    await slack.close()
    await emulator.close()
  }
  try {
    const service = await demoService(emulator, {
      terminationWaitMinutes: 0,
      desiredCount: 1,
      healthCheckIntervalSeconds: 5
    })
    const app = await installGate(emulator, {
      bundles: join(ROOT, 'dist/gate'),
      policy: policyOf(users),
      slack,
      parameters: { CallbackConcurrency: `${people}` },
      // Its own warm-up would be a flood.
      throttling: { rate: 10_000, burst: 10_000 }
    })
    const messages = new Map<string, string>()
    return {
      release: async (version) => {
        const card = nextCard(slack, users, (gate, message) => void messages.set(gate, message))
        const ended = released(emulator, service, app.functionArn, version)
        const early = ended.then(() => {
          throw new Error('no card came')
        })
        return { ...(await Promise.race([card, early])), ended }
      },
      click: (person, gate) => {
        const interaction = clickOf(users[person] ?? '', gate, messages.get(gate) ?? '')
        const { body, headers } = signedRequest(interaction, SECRET, clock.now())
        return post(app.interactivityUrl, headers, body)
      },
      floor: await floorOf(emulator, slack, people),
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

function policyOf(users: readonly string[]): string {
  return `
version: 1
language: en
slack: { team: ${TEAM}, app: ${APP}, channel: ${CHANNEL} }
approvers: { users: [${users.join(', ')}] }
quorum: 1
self-approval: allowed
`
}

async function released(
  emulator: Emulator,
  { cluster, service, container }: GatedService,
  gateFunction: string,
  version: number
): Promise<void> {
  const { outputs } = await runAction({
    inputs: {
      cluster,
      service,
      'container-name': container,
      image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${service}:${version}`,
      'gate-function': gateFunction
    },
    environment: emulator.environment
  })
  if (outputs['outcome'] === 'released') return
  throw new Error(`the release of version ${version} was ${String(outputs['outcome'])}`)
}

/** The next card, once it has come. */
function nextCard(
  slack: Slack,
  users: readonly string[],
  found: (gate: string, message: string) => void
): Promise<Pick<Card, 'gate' | 'decider'>> {
  const known = slack.workspace.messages.length
  // Beside cards, the channel has a line for each release that has ended, without a header.
  const card = (): Message | undefined =>
    slack.workspace.messages.slice(known).find(({ blocks }) => blocks[0]?.['type'] === 'header')
  const shown = (): string => JSON.stringify(card()?.blocks ?? [])
  return new Promise((resolve) => {
    const stop = slack.workspace.onChange(() => {
      const gate = /"value":"(d-[^"]+)"/.exec(shown())?.[1]
      if (gate === undefined) return
      stop()
      found(gate, card()?.ts ?? '')
      resolve({
        gate,
        decider: () => {
          const user = /<@(U0USER\d+)>/.exec(shown())?.[1]
          if (user === undefined) throw new Error('the card does not say who has decided')
          return users.indexOf(user)
        }
      })
    })
  })
}

async function floorOf(
  emulator: Emulator,
  slack: Slack,
  people: number
): Promise<ClicksWorld['floor']> {
  emulator.world.lambda.create('floor', {
    kind: 'module',
    path: join(ROOT, 'bench/floor.ts'),
    environment: { LEDGER_URL: emulator.endpoint, SLACK_URL: slack.apiUrl },
    concurrency: people
  })
  const { url } = await emulator.openHttpApi({ routes: { 'POST /floor': 'floor' } })
  return (calls) => post(`${url}/floor?calls=${calls}`, {}, 'x'.repeat(600))
}

function clickOf(user: string, gate: string, message: string): object {
  return {
    type: 'block_actions',
    container: { type: 'message', message_ts: message, channel_id: CHANNEL },
    user: { id: user, team_id: TEAM },
    api_app_id: APP,
    trigger_id: '1.2.3',
    team: { id: TEAM },
    channel: { id: CHANNEL },
    actions: [{ action_id: 'gate_approve', value: gate }]
  }
}
