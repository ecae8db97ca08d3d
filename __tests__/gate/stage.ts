import { handleCallback } from '../../src/gate/callback/handler.ts'
import type { HttpAnswer } from '../../src/gate/callback/http.ts'
import type { Intent } from '../../src/gate/policy/person.ts'
import type { Policy } from '../../src/gate/policy/policy.ts'
import { handleRequest } from '../../src/gate/request/handler.ts'
import type { FindRequester } from '../../src/gate/request/facts.ts'
import { handleSweep } from '../../src/gate/sweep/sweep.ts'
import type { Effect, Gate, TrafficResult } from '../../src/ledger/gate.ts'
import type { RequesterFacts } from '../../src/ledger/gate-facts.ts'
import { findGate } from '../../src/ledger/gates.ts'
import { effectOf, trafficResultOf } from '../../src/ledger/of-all-holds.ts'
import { gateId } from '../../src/ledger/keys.ts'
import { memoryWorld, REMAINING_MS, type MemoryWorld } from './memory-world.ts'
import {
  clickPayload,
  reasonPayload,
  signed,
  SIGNING_SECRET,
  type Origin
} from './slack-requests.ts'

export const DEPLOYMENT = 'd-ABCDEF123'
/** What answers the deployment. */
export const EXECUTION = 'an execution of the hook'
export const GATE = gateId(DEPLOYMENT, [EXECUTION])

export const ASKED: RequesterFacts = {
  verified: true,
  why: undefined,
  logins: ['octocat'],
  users: ['U0ASK'],
  unmapped: []
}

/** A world in which a deployment waits and people can click. */
export interface Stage extends MemoryWorld {
  hook(event?: unknown, remainingMs?: number): Promise<void>
  /** How long Lambda lets the request function run. */
  readonly remainingMs: number
  /** What Slack signs and sends. */
  send(payload: object): Promise<HttpAnswer>
  click(user: string, intent: Intent | 'details', origin?: Origin): Promise<HttpAnswer>
  /** Submits the modal that a click opened. */
  submit(user: string, intent: Exclude<Intent, 'approve'>, reason: string): Promise<HttpAnswer>
  sweep(): Promise<void>
  /** The issuers whose keys the sweep has tried to fetch, and why it could not. */
  readonly keys: { readonly tried: string[]; why: string | undefined }
  /** The gate as it is, and what its hold comes to. */
  gate(): Promise<WholeGate>
}

export interface WholeGate extends Gate {
  readonly effect: Effect
  readonly trafficResult: TrafficResult | undefined
}

export function stage(
  policy?: Policy | Error,
  requester: RequesterFacts | (() => RequesterFacts) = ASKED
): Stage {
  const world = memoryWorld(policy)
  const keys: Stage['keys'] = { tried: [], why: undefined }
  const findRequester: FindRequester = () =>
    Promise.resolve(typeof requester === 'function' ? requester() : requester)
  const send = (payload: object): Promise<HttpAnswer> =>
    handleCallback(
      world.platform,
      () => Promise.resolve(SIGNING_SECRET),
      signed(payload, world.clock.now())
    )
  return Object.assign(world, {
    remainingMs: REMAINING_MS,
    hook: (
      event: unknown = { deploymentId: DEPLOYMENT, token: EXECUTION },
      remainingMs = REMAINING_MS
    ) => handleRequest(world.platform, findRequester, event, remainingMs),
    send,
    click: (user: string, intent: Intent | 'details', origin?: Origin) =>
      send(clickPayload(user, intent, GATE, origin)),
    submit: (user: string, intent: Exclude<Intent, 'approve'>, reason: string) =>
      send(reasonPayload(user, intent, GATE, reason)),
    keys,
    sweep: () =>
      handleSweep(world.platform, (issuer) => {
        keys.tried.push(issuer)
        return Promise.resolve(keys.why)
      }),
    gate: async () => {
      const gate = await findGate(world.table, GATE)
      if (!gate) throw new Error('no gate has opened')
      return { ...gate, effect: effectOf(gate), trafficResult: trafficResultOf(gate) }
    }
  })
}

/** Lets everything pass that the function may wait for. */
export async function inTime<T>({ clock }: Pick<Stage, 'clock'>, work: Promise<T>): Promise<T> {
  const done = { yet: false }
  const settled = work.finally(() => (done.yet = true))
  settled.catch(() => undefined)
  for (let seconds = 0; !done.yet && seconds < 600; seconds++) await clock.advance(1_000)
  return settled
}
