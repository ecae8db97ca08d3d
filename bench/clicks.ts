import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../emulator/emulator.ts'
import { signedRequest } from '../emulator/slack/signed.ts'
import { startSlack, type Slack } from '../emulator/slack/server.ts'
import { eightDomains } from '../emulator/worlds/eight-domains.ts'
import { installGate } from '../emulator/worlds/gate-app.ts'
import type { GatedService } from '../emulator/worlds/gated-service.ts'
import { ROOT } from '../runner/environment.ts'
import { runAction } from '../runner/run-action.ts'

/** Milliseconds from request to answer, sorted, all environments warm. */
export interface ClickTimes {
  /** Everybody within one second on a card that has just come: one decides, the others are told. */
  readonly crowd: readonly number[]
  /** Of these the clicks that decided, one a card. */
  readonly deciding: readonly number[]
  /** One click after the other, on a decided gate. */
  readonly alone: readonly number[]
  /** Everybody in the same instant, on a decided gate. */
  readonly instant: readonly number[]
  /** The same in the same run, of a function that sends as many requests and does nothing else. */
  readonly floor: {
    readonly crowd: readonly number[]
    readonly deciding: readonly number[]
    readonly instant: readonly number[]
  }
}

const TEAM = 'T0TEAM'
const APP = 'A0APP'
const CHANNEL = 'C0BENCH'
const SECRET = 'bench'
/** As people do who see the same card come. */
const CROWD_MS = 1_000
/** Until a person has read the next card; what the decision before it has set in motion is over by then. */
const READING_MS = 3_000
/** Releases in which the functions that decide are started, and V8 compiles what runs often. */
const WARM_UP_ROUNDS = 1
/** Requests in a row behind a click that decides: the gate, the person, the decision, its seal, its row, CodeDeploy, the effect, and three for the card. */
const CALLS_TO_DECIDE = 10
/** And behind one that comes too late: the gate, and the word to the person. */
const CALLS_TO_REFUSE = 2
/** Environments that a crowd finds warm; more are started by it, if it needs them. */
const WARM = 16

/**
 * Clicks of many people, each handled by a warm environment: read, verified,
 * looked up, judged, and answered. In every round eight services are released
 * at once, and everybody clicks on one card after the other.
 */
export async function clickTimes(people: number, rounds: number): Promise<ClickTimes> {
  const emulator = await startEmulator({
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false
  })
  const users = Array.from({ length: people }, (_, index) => `U0USER${index}`)
  const slack = await startSlack({
    clock: emulator.world.clock,
    team: TEAM,
    app: APP,
    botToken: 'xoxb-bench',
    signingSecret: SECRET,
    members: users.map((id) => ({ id, name: id })),
    channels: { [CHANNEL]: 'bench' },
    rateLimits: 'off'
  })
  try {
    const { release, interactivityUrl } = await gatedServices(emulator, slack, users)
    const click = async (user: string, gate: string): Promise<void> => {
      const { body, headers } = signedRequest(
        clickOf(user, gate),
        SECRET,
        emulator.world.clock.now()
      )
      await post(interactivityUrl, headers, body)
    }
    const floor = await floorOf(emulator, slack, people)
    const [first = ''] = users
    const times = { crowd: [] as number[], deciding: [] as number[], alone: [] as number[] }
    const floorTimes = { crowd: [] as number[], deciding: [] as number[] }
    let decided = ''
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const { cards, ended } = await release(2 + round)
      if (round === 0) {
        const [{ gate } = { gate: '' }] = cards
        await start(WARM, (person) => click(users[person] ?? '', gate))
        await start(WARM, () => floor(CALLS_TO_DECIDE))
      }
      for (const { gate, ts } of cards) {
        await pause(READING_MS)
        const clicks = await crowd(people, (person) => click(users[person] ?? '', gate))
        const bare = await crowd(people, (_, first) =>
          floor(first ? CALLS_TO_DECIDE : CALLS_TO_REFUSE)
        )
        decided = gate
        if (round < WARM_UP_ROUNDS) continue
        times.crowd.push(...clicks)
        times.deciding.push(clicks[users.indexOf(deciderOf(slack, ts))] ?? NaN)
        floorTimes.crowd.push(...bare)
        floorTimes.deciding.push(Math.max(...bare))
      }
      await ended
    }
    for (let count = 0; count < people * rounds; count++)
      times.alone.push(await timed(() => click(first, decided)))
    const instant = await instants(people, rounds, (person) => click(users[person] ?? '', decided))
    const bare = await instants(people, rounds, () => floor(CALLS_TO_REFUSE))
    return {
      crowd: sorted(times.crowd),
      deciding: sorted(times.deciding),
      alone: sorted(times.alone),
      instant: sorted(instant),
      floor: {
        crowd: sorted(floorTimes.crowd),
        deciding: sorted(floorTimes.deciding),
        instant: sorted(bare)
      }
    }
  } finally {
    await slack.close()
    await emulator.close()
  }
}

/** Of sorted numbers. */
export function quantile(numbers: readonly number[], q: number): number {
  return numbers[Math.min(numbers.length - 1, Math.ceil(numbers.length * q) - 1)] ?? NaN
}

interface Card {
  /** The gate's id, as the card's buttons carry it. */
  readonly gate: string
  readonly ts: string
}

interface Waiting {
  /** One of every service. */
  readonly cards: readonly Card[]
  /** Resolves once all are released; rejects where one is not. */
  readonly ended: Promise<unknown>
}

async function gatedServices(
  emulator: Emulator,
  slack: Slack,
  users: readonly string[]
): Promise<{
  readonly release: (version: number) => Promise<Waiting>
  readonly interactivityUrl: string
}> {
  const services = Object.values(await eightDomains(emulator, { terminationWaitMinutes: 0 }))
  const policy = `
version: 1
language: en
slack: { team: ${TEAM}, app: ${APP}, channel: ${CHANNEL} }
approvers: { users: [${users.join(', ')}] }
quorum: 1
self-approval: allowed
`
  const app = await installGate(emulator, {
    bundles: join(ROOT, 'dist/gate'),
    policy,
    slack,
    callbackConcurrency: users.length,
    // Its own warm-up would be a flood.
    throttling: { rate: 10_000, burst: 10_000 }
  })
  const release = async (version: number): Promise<Waiting> => {
    const cards = cardsOf(slack, services.length)
    const ended = Promise.all(
      services.map((service) => released(emulator, service, app.functionArn, version))
    )
    const early = ended.then(() => {
      throw new Error('a card did not come')
    })
    return { cards: await Promise.race([cards, early]), ended }
  }
  return { release, interactivityUrl: app.interactivityUrl }
}

async function released(
  emulator: Emulator,
  { cluster, service, container, application, deploymentGroup }: GatedService,
  gateFunction: string,
  version: number
): Promise<void> {
  const { outputs } = await runAction({
    inputs: {
      cluster,
      service,
      'container-name': container,
      'codedeploy-application': application,
      'codedeploy-deployment-group': deploymentGroup,
      image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${service}:${version}`,
      'gate-function': gateFunction
    },
    environment: emulator.environment
  })
  if (outputs['outcome'] === 'released') return
  throw new Error(`the release of ${service} was ${String(outputs['outcome'])}`)
}

/** The next so many cards, once they have all come. */
function cardsOf(slack: Slack, count: number): Promise<readonly Card[]> {
  const known = slack.workspace.messages.length
  return new Promise((resolve) => {
    const stop = slack.workspace.onChange(() => {
      const cards = slack.workspace.messages.slice(known).flatMap(({ ts, blocks }) => {
        const gate = /"value":"(d-[^"]+)"/.exec(JSON.stringify(blocks))?.[1]
        return gate === undefined ? [] : [{ gate, ts }]
      })
      if (cards.length < count) return
      stop()
      resolve(cards)
    })
  })
}

/** Who a card says has approved. */
function deciderOf(slack: Slack, ts: string): string {
  const card = slack.workspace.messages.find((message) => message.ts === ts)
  const user = /<@(U0USER\d+)>/.exec(JSON.stringify(card?.blocks))?.[1]
  if (user === undefined) throw new Error('a card does not say who has decided')
  return user
}

/** Sends to a function that does nothing but so many requests, one after the other. */
async function floorOf(
  emulator: Emulator,
  slack: Slack,
  people: number
): Promise<(calls: number) => Promise<void>> {
  emulator.world.lambda.create('floor', {
    kind: 'module',
    path: join(ROOT, 'bench/floor.ts'),
    environment: { LEDGER_URL: emulator.endpoint, SLACK_URL: slack.apiUrl },
    concurrency: people
  })
  const { url } = await emulator.openHttpApi({ routes: { 'POST /floor': 'floor' } })
  return (calls) => post(`${url}/floor?calls=${calls}`, {}, 'x'.repeat(600))
}

/** Everybody once within a second; whose moment comes first is told so. Times by person. */
function crowd(
  people: number,
  click: (person: number, first: boolean) => Promise<void>
): Promise<number[]> {
  const moments = Array.from({ length: people }, () => Math.random() * CROWD_MS)
  const first = moments.indexOf(Math.min(...moments))
  return Promise.all(
    moments.map(async (ms, person) => {
      await pause(ms)
      return timed(() => click(person, person === first))
    })
  )
}

/** Everybody at once, eight times a round, after everybody's environment is warm. */
async function instants(
  people: number,
  rounds: number,
  click: (person: number) => Promise<void>
): Promise<number[]> {
  await start(people, click)
  const together = (): Promise<number[]> =>
    Promise.all(Array.from({ length: people }, (_, person) => timed(() => click(person))))
  for (let count = 0; count < 5; count++) await together()
  const times: number[] = []
  for (let count = 0; count < 8 * rounds; count++) times.push(...(await together()))
  return times
}

/** Starts so many environments, a few at a time: that many cold ones on so few cores would time out. */
async function start(count: number, click: (person: number) => Promise<void>): Promise<void> {
  for (let many = 1; many < count + 4; many += 4)
    await Promise.all(Array.from({ length: Math.min(many, count) }, (_, person) => click(person)))
}

function clickOf(user: string, gate: string): object {
  return {
    type: 'block_actions',
    user: { id: user, team_id: TEAM },
    api_app_id: APP,
    trigger_id: '1.2.3',
    team: { id: TEAM },
    channel: { id: CHANNEL },
    actions: [{ action_id: 'gate_approve', value: gate }]
  }
}

const agent = new Agent({ keepAlive: true })

/** With less work of its own than `fetch`: it shares the cores with what is measured. */
function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`${url} answered ${String(answer.statusCode)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other)
}
