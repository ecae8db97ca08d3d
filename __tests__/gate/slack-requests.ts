import { createHmac } from 'node:crypto'
import type { Intent } from '../../src/gate/policy/person.ts'
import { APP, CHANNEL, TEAM } from './memory-world.ts'

export const SIGNING_SECRET = 'the signing secret of the tests'

/** The first message that the tests' Slack has. */
const CARD = '1.000'

const ACTION: Readonly<Record<Intent | 'details' | 'roll-back', string>> = {
  'roll-back': 'gate_roll_back',
  details: 'gate_details',
  approve: 'gate_approve',
  reject: 'gate_reject',
  'break-glass': 'gate_break_glass'
}

export interface Origin {
  readonly team?: string
  /** The organization; with it the app is installed for all of it, and no workspace is named. */
  readonly enterprise?: string
  readonly app?: string
  readonly channel?: string
  /** The message that the button is on. */
  readonly message?: string
}

/** Slack's payload of a click on a button. */
export function clickPayload(
  user: string,
  intent: Intent | 'details' | 'roll-back',
  gate: string,
  origin: Origin = {}
): object {
  const { team = TEAM, enterprise, app = APP, channel = CHANNEL, message = CARD } = origin
  return {
    type: 'block_actions',
    container: { type: 'message', message_ts: message, channel_id: channel, is_ephemeral: false },
    user: { id: user, username: user, team_id: team },
    api_app_id: app,
    token: 'a token nobody looks at',
    trigger_id: '1.2.abc',
    team: enterprise === undefined ? { id: team, domain: 'shop' } : null,
    enterprise: enterprise === undefined ? null : { id: enterprise, name: 'Org' },
    channel: { id: channel, name: 'releases' },
    actions: [{ action_id: ACTION[intent], block_id: 'gate', value: gate, type: 'button' }]
  }
}

/** Slack's payload of a click on the button in the details. */
export function glassPayload(user: string, gate: string): object {
  const { channel: _, ...click } = { channel: '', ...clickPayload(user, 'break-glass', gate) }
  return {
    ...click,
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', type: 'modal', callback_id: 'gate_details', private_metadata: gate }
  }
}

/** Slack's payload of a reason that was submitted. */
export function reasonPayload(
  user: string,
  intent: Exclude<Intent, 'approve'>,
  gate: string,
  reason: string,
  origin: Origin = {}
): object {
  const { team = TEAM, app = APP } = origin
  return {
    type: 'view_submission',
    team: { id: team, domain: 'shop' },
    user: { id: user, username: user, team_id: team },
    api_app_id: app,
    token: 'a token nobody looks at',
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: ACTION[intent],
      private_metadata: gate,
      state: { values: { reason: { text: { type: 'plain_text_input', value: reason } } } }
    }
  }
}

export interface SignedEvent {
  readonly headers: Record<string, string>
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** As an HTTP API hands it to the function: `now` in milliseconds. */
export function signed(payload: object, now: number, secret = SIGNING_SECRET): SignedEvent {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const timestamp = String(Math.floor(now / 1000))
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true
  }
}
