import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator, type Emulator } from '../emulator/emulator.ts'
import { signedRequest } from '../emulator/slack/signed.ts'
import { startSlack, type Slack } from '../emulator/slack/server.ts'
import { demoService } from '../emulator/worlds/demo.ts'
import { installGate } from '../emulator/worlds/gate-app.ts'
import { ROOT } from '../runner/environment.ts'
import { runAction } from '../runner/run-action.ts'

/** Milliseconds from request to answer, sorted, all environments warm. */
export interface ClickTimes {
  /** One click after the other, on a decided gate. */
  readonly alone: readonly number[]
  /** Everybody within one second on a card that has just come: one decides, the others are told. */
  readonly crowd: readonly number[]
  /** Everybody in the same instant, on a decided gate. */
  readonly instant: readonly number[]
  /** As `instant`, of functions that send the two requests no callback can do without, and nothing else. */
  readonly floor: readonly number[]
}

const TEAM = 'T0TEAM'
const APP = 'A0APP'
const CHANNEL = 'C0BENCH'
const SECRET = 'bench'
/** As people do who see the same card come. */
const CROWD_MS = 1_000

/**
 * Clicks of many people, each of them handled by a warm environment of its own:
 * read, verified, looked up, judged, and answered. Every round of `crowd` is a
 * release with a card of its own.
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
    const { release, interactivityUrl } = await gatedService(emulator, slack, users)
    const send = async (user: string, gate: string): Promise<void> => {
      const { body, headers } = signedRequest(
        clickOf(user, gate),
        SECRET,
        emulator.world.clock.now()
      )
      const answer = await fetch(interactivityUrl, { method: 'POST', body, headers })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`the callback answered ${answer.status}`)
    }
    const [first = ''] = users

    const warmUp = await release(1)
    // Starts the environments, a few at a time: so many cold ones on so few cores would time out.
    for (let count = 1; count <= people; count += 4)
      await Promise.all(users.slice(0, count).map((user) => send(user, warmUp.gate)))
    await warmUp.ended
    for (let round = 0; round < 5; round++)
      await Promise.all(users.map((user) => send(user, warmUp.gate)))

    const alone: number[] = []
    const crowd: number[] = []
    const instant: number[] = []
    for (let count = 0; count < people; count++)
      alone.push(await timed(() => send(first, warmUp.gate)))
    for (let round = 0; round < rounds; round++) {
      const { gate, ended } = await release(2 + round)
      const clicks = users.map(async (user) => {
        await pause(Math.random() * CROWD_MS)
        return timed(() => send(user, gate))
      })
      crowd.push(...(await Promise.all(clicks)))
      await ended
      instant.push(...(await Promise.all(users.map((user) => timed(() => send(user, gate))))))
    }
    const floor = await floorTimes(emulator, slack, people, rounds)
    return {
      alone: sorted(alone),
      crowd: sorted(crowd),
      instant: sorted(instant),
      floor: sorted(floor)
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

interface Waiting {
  /** The gate's id, as the card's button carries it. */
  readonly gate: string
  /** Resolves once it is released; rejects where it is not. */
  readonly ended: Promise<void>
}

async function gatedService(
  emulator: Emulator,
  slack: Slack,
  users: readonly string[]
): Promise<{
  readonly release: (version: number) => Promise<Waiting>
  readonly interactivityUrl: string
}> {
  const service = await demoService(emulator, {
    terminationWaitMinutes: 0,
    desiredCount: 1,
    healthCheckIntervalSeconds: 5
  })
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
    const known = slack.workspace.messages.length
    const card = new Promise<string>((resolve) => {
      const stop = slack.workspace.onChange(() => {
        const shown = JSON.stringify(slack.workspace.messages.slice(known))
        const gate = /"value":"(d-[^"]+)"/.exec(shown)?.[1]
        if (gate === undefined) return
        stop()
        resolve(gate)
      })
    })
    const run = runAction({
      inputs: {
        cluster: service.cluster,
        service: service.service,
        'container-name': service.container,
        image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:${version}`,
        'gate-function': app.functionArn
      },
      environment: emulator.environment
    })
    const ended = run.then(({ outputs }) => {
      if (outputs['outcome'] === 'released') return
      throw new Error(`the release was ${String(outputs['outcome'])}`)
    })
    const early = ended.then(() => {
      throw new Error('no card came')
    })
    return { gate: await Promise.race([card, early]), ended }
  }
  return { release, interactivityUrl: app.interactivityUrl }
}

/** What this machine's cores make of so many environments at once, whatever runs in them. */
async function floorTimes(
  emulator: Emulator,
  slack: Slack,
  people: number,
  rounds: number
): Promise<number[]> {
  emulator.world.lambda.create('floor', {
    kind: 'module',
    path: join(ROOT, 'bench/floor.ts'),
    environment: { LEDGER_URL: emulator.endpoint, SLACK_URL: slack.apiUrl },
    concurrency: people
  })
  const api = await emulator.openHttpApi({ routes: { 'POST /floor': 'floor' } })
  const send = async (): Promise<void> => {
    const answer = await fetch(`${api.url}/floor`, { method: 'POST', body: 'x'.repeat(600) })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`the floor answered ${answer.status}`)
  }
  const together = (count: number): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, () => timed(send)))
  for (let count = 1; count <= people; count += 4) await together(count)
  for (let round = 0; round < 5; round++) await together(people)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(...(await together(people)))
  await api.close()
  return times
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

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other)
}
