import { isList, isMapping, mappingIn, textIn, type Mapping } from '../../documents/mapping.ts'
import { ACTIONS } from '../card/actions.ts'
import type { Intent } from '../policy/person.ts'

/** Who clicked in which workspace, app and channel. */
export interface Origin {
  readonly user: string
  /** The workspace; undefined if the app is installed for a whole organization. */
  readonly team: string | undefined
  /** The organization (Enterprise Grid); undefined if the workspace belongs to none. */
  readonly enterprise: string | undefined
  readonly app: string | undefined
  /** Undefined for a modal. */
  readonly channel: string | undefined
  /** Slack's id of the message that the button is on; undefined for a modal. */
  readonly message: string | undefined
}

export type Interaction =
  | {
      readonly kind: 'click'
      readonly origin: Origin
      readonly intent: Intent
      readonly gate: string
      readonly trigger: string
      /** The details hold one button, that of break-glass. */
      readonly on: 'message' | 'details'
    }
  | {
      readonly kind: 'details'
      readonly origin: Origin
      readonly intent: 'details'
      readonly gate: string
      readonly trigger: string
    }
  | {
      readonly kind: 'roll-back'
      readonly origin: Origin
      readonly intent: 'roll-back'
      readonly gate: string
    }
  | {
      readonly kind: 'reason'
      readonly origin: Origin
      readonly intent: Exclude<Intent, 'approve'>
      readonly gate: string
      readonly reason: string
    }

/** Characters that nobody sees: a reason of these alone gives none. U+2800 is a blank of Braille. */
const UNSEEN = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{C}\u2800]/gu

const INTENTS: readonly Intent[] = ['approve', 'reject', 'break-glass']

/**
 * Reads the interaction from a verified body (`payload=<JSON>`, form-encoded).
 * Undefined if it does not come from the gate's card or modal. Never throws.
 */
export function readInteraction(body: Buffer): Interaction | undefined {
  const payload = parse(new URLSearchParams(body.toString('utf8')).get('payload') ?? '')
  if (!payload) return undefined
  const origin = originOf(payload)
  if (!origin) return undefined
  if (payload['type'] === 'block_actions') return readClick(payload, origin)
  if (payload['type'] === 'view_submission') return readReason(payload, origin)
  return undefined
}

function readClick(payload: Mapping, origin: Origin): Interaction | undefined {
  const [action] = isList(payload['actions']) ? payload['actions'].filter(isMapping) : []
  const name = textIn(action, 'action_id')
  const gate = textIn(action, 'value')
  const trigger = textIn(payload, 'trigger_id') ?? ''
  if (gate === undefined) return undefined
  // Slack's reference, "block_actions payload": a click in a modal has a container of type `view`.
  const isInView = textIn(mappingIn(payload, 'container'), 'type') === 'view'
  if (name === ACTIONS.details && !isInView) {
    return { kind: 'details', origin, intent: 'details', gate, trigger }
  }
  if (name === ACTIONS['roll-back'] && !isInView) {
    return { kind: 'roll-back', origin, intent: 'roll-back', gate }
  }
  const intent = intentOf(name)
  if (intent === undefined || (isInView && intent !== 'break-glass')) return undefined
  return { kind: 'click', origin, intent, gate, trigger, on: isInView ? 'details' : 'message' }
}

function readReason(payload: Mapping, origin: Origin): Interaction | undefined {
  const view = mappingIn(payload, 'view')
  const intent = intentOf(textIn(view, 'callback_id'))
  const gate = textIn(view, 'private_metadata')
  if (intent === undefined || intent === 'approve' || gate === undefined) return undefined
  const blocks = Object.values(mappingIn(mappingIn(view, 'state'), 'values')).filter(isMapping)
  const inputs = blocks.flatMap((block) => Object.values(block)).filter(isMapping)
  const [reason = ''] = inputs.flatMap((input) => textIn(input, 'value')?.trim() ?? [])
  const isShown = reason.replace(UNSEEN, '') !== ''
  return { kind: 'reason', origin, intent, gate, reason: isShown ? reason : '' }
}

/** Returns what a button or a modal of this name is for; undefined if it is not the card's. */
function intentOf(name: string | undefined): Intent | undefined {
  return INTENTS.find((intent) => ACTIONS[intent] === name)
}

function originOf(payload: Mapping): Origin | undefined {
  const user = mappingIn(payload, 'user')
  const id = textIn(user, 'id')
  if (id === undefined) return undefined
  return {
    user: id,
    team: textIn(mappingIn(payload, 'team'), 'id'),
    enterprise: textIn(mappingIn(payload, 'enterprise'), 'id'),
    app: textIn(payload, 'api_app_id'),
    channel: textIn(mappingIn(payload, 'channel'), 'id'),
    // Slack's reference, "block_actions payload": the container says where the action came from.
    message: textIn(mappingIn(payload, 'container'), 'message_ts')
  }
}

function parse(text: string): Mapping | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isMapping(value) ? value : undefined
  } catch {
    return undefined
  }
}
