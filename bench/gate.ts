import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { InstantRuntime } from '../emulator/dataplane/instant-runtime.ts'
import { startEmulator } from '../emulator/emulator.ts'
import { signedRequest } from '../emulator/slack/signed.ts'
import { startSlack } from '../emulator/slack/server.ts'
import { demoService } from '../emulator/worlds/demo.ts'
import { installGate } from '../emulator/worlds/gate-app.ts'
import { ROOT } from '../runner/environment.ts'
import { runAction } from '../runner/run-action.ts'
import { measureCosts } from './process-cost.ts'

const BUNDLES = join(ROOT, 'dist/gate')

/** Start-up of the callback's bundle as a multiple of `node -e 0`: loaded, and ready for its first event. */
export async function callbackStartUp(rounds: number): Promise<number> {
  const path = { PATH: process.env['PATH'] ?? '' }
  const variables = {
    ...path,
    AWS_REGION: 'eu-central-1',
    LEDGER_TABLE: 'table',
    LEDGER_KEY: 'key',
    POLICY_PARAMETER: 'policy',
    SLACK_SECRET: 'secret'
  }
  const bundle = join(BUNDLES, 'callback/index.js')
  const load = `import(${JSON.stringify(bundle)}).then(({ handler }) => { if (typeof handler !== 'function') process.exit(1) })`
  const [nothing, callback] = await measureCosts(
    [
      { name: 'node -e 0', arguments: ['-e', '0'], environment: () => Promise.resolve(path) },
      { name: 'callback', arguments: ['-e', load], environment: () => Promise.resolve(variables) }
    ],
    rounds
  )
  return (callback?.wallMs ?? NaN) / (nothing?.wallMs ?? NaN)
}

/** Milliseconds from request to answer, sorted, all environments warm. */
export interface ClickTimes {
  /** One click after the other. */
  readonly alone: readonly number[]
  /** All people within one second, as people click on a card that has just come. */
  readonly crowd: readonly number[]
  /** All in the same instant: what the machine's cores make of it, the account's own work included. */
  readonly instant: readonly number[]
}

/**
 * Clicks of many people on one card, each of them handled by a warm
 * environment of its own: read, verified, looked up, judged, and answered.
 * The last round decides.
 */
export async function clickTimes(people: number, rounds: number): Promise<ClickTimes> {
  const emulator = await startEmulator({
    runtime: (clock) => new InstantRuntime(clock),
    proxies: false
  })
  const { clock } = emulator.world
  const users = Array.from({ length: people }, (_, index) => `U0USER${index}`)
  const slack = await startSlack({
    clock,
    team: 'T0TEAM',
    app: 'A0APP',
    botToken: 'xoxb-bench',
    signingSecret: 'bench',
    members: users.map((id) => ({ id, name: id })),
    channels: { C0BENCH: 'bench' },
    rateLimits: 'off'
  })
  try {
    const service = await demoService(emulator, {
      terminationWaitMinutes: 0,
      desiredCount: 1,
      healthCheckIntervalSeconds: 5
    })
    const policy = `
version: 1
language: en
slack: { team: T0TEAM, app: A0APP, channel: C0BENCH }
approvers: { users: [${users.join(', ')}] }
quorum: ${Math.min(20, people)}
self-approval: allowed
`
    const app = await installGate(emulator, {
      bundles: BUNDLES,
      policy,
      slack,
      callbackConcurrency: people
    })
    const released = runAction({
      inputs: {
        cluster: service.cluster,
        service: service.service,
        'container-name': service.container,
        image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:2',
        'gate-function': app.functionArn
      },
      environment: emulator.environment
    })
    const card = await new Promise<{ value: string }>((resolve) => {
      const stop = slack.workspace.onChange(() => {
        const [message] = slack.workspace.messages
        const value = /"value":"([^"]+)"/.exec(JSON.stringify(message?.blocks))?.[1]
        if (value === undefined) return
        stop()
        resolve({ value })
      })
    })
    const send = async (user: string): Promise<Response> => {
      const payload = {
        type: 'block_actions',
        user: { id: user, team_id: 'T0TEAM' },
        api_app_id: 'A0APP',
        trigger_id: '1.2.3',
        team: { id: 'T0TEAM' },
        channel: { id: 'C0BENCH' },
        actions: [{ action_id: 'gate_approve', value: card.value }]
      }
      const { body, headers } = signedRequest(payload, 'bench', clock.now())
      const answer = await fetch(app.interactivityUrl, { method: 'POST', body, headers })
      await answer.arrayBuffer()
      return answer
    }
    const click = async (user: string): Promise<number> => {
      const startedAt = performance.now()
      const answer = await send(user)
      if (answer.status !== 200) throw new Error(`the callback answered ${answer.status}`)
      return performance.now() - startedAt
    }
    const all = (): Promise<number[]> => Promise.all(users.map(click))
    const [first = ''] = users
    // Starts the environments, a few at a time: so many cold ones on so few cores would time out.
    for (let count = 4; count < people; count += 4)
      await Promise.all(users.slice(0, count).map(send))
    for (let round = 0; round < 3; round++) await Promise.all(users.map(send))
    const alone: number[] = []
    for (let count = 0; count < people; count++) alone.push(await click(first))
    const crowd: number[] = []
    const instant: number[] = []
    for (let round = 0; round < rounds; round++) {
      crowd.push(
        ...(await Promise.all(
          users.map(async (user) => {
            await pause(Math.random() * 1_000)
            return click(user)
          })
        ))
      )
      instant.push(...(await all()))
    }
    const { outputs } = await released
    if (outputs['outcome'] !== 'released')
      throw new Error(`the release was ${String(outputs['outcome'])}`)
    return { alone: sorted(alone), crowd: sorted(crowd), instant: sorted(instant) }
  } finally {
    await slack.close()
    await emulator.close()
  }
}

/** Of sorted numbers. */
export function quantile(numbers: readonly number[], q: number): number {
  return numbers[Math.min(numbers.length - 1, Math.ceil(numbers.length * q) - 1)] ?? NaN
}

function sorted(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other)
}
