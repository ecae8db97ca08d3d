import { createHmac } from 'node:crypto'
import type { Block, Message, OpenView, Workspace } from './workspace.ts'

/** Slack, "Handling user interaction": an answer within three seconds, or the person sees an error. */
const ANSWER_MS = 3_000

/** What came of one interaction. */
export interface Interaction {
  /** HTTP status of the app's answer; undefined where there was none in time. */
  readonly status: number | undefined
  readonly body: string
}

/** A press on a button of a message, after its confirm dialog. Throws where there is no such button. */
export async function click(
  workspace: Workspace,
  url: string,
  user: string,
  ts: string,
  actionId: string
): Promise<Interaction> {
  const message = workspace.messages.find((each) => each.ts === ts)
  const button = message && buttonIn(message, actionId)
  if (!message || !button) throw new Error(`${ts} has no button ${actionId}`)
  const { team } = workspace.options
  const { channel } = message
  const answer = await send(workspace, url, {
    ...common(workspace, user, 'block_actions'),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
    trigger_id: workspace.openTrigger(user),
    team: { id: team, domain: 'emulated' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: channel, name: workspace.options.channels[channel] },
    message: { type: 'message', ts, text: message.text, blocks: message.blocks },
    actions: [
      {
        action_id: actionId,
        block_id: button.block,
        text: button.element['text'],
        value: button.element['value'],
        style: button.element['style'],
        type: 'button',
        action_ts: workspace.nextTs()
      }
    ]
  })
  note(workspace, user, answer)
  return answer
}

/**
 * Sends what somebody has filled into the modal before them; `values` by block
 * id. Slack itself asks for what is required first.
 */
export async function submit(
  workspace: Workspace,
  url: string,
  user: string,
  values: Readonly<Record<string, string>>
): Promise<Interaction> {
  const open = workspace.views.get(user)
  if (!open) throw new Error(`${user} has no modal open`)
  const missing = unmet(open, values)
  if (Object.keys(missing).length > 0) {
    workspace.views.set(user, { ...open, errors: missing })
    workspace.changed()
    return { status: undefined, body: '' }
  }
  const answer = await send(workspace, url, {
    ...common(workspace, user, 'view_submission'),
    team: { id: workspace.options.team, domain: 'emulated' },
    trigger_id: workspace.openTrigger(user),
    view: { ...open.view, id: open.id, state: { values: stateOf(open, values) } },
    response_urls: [],
    is_enterprise_install: false,
    enterprise: null
  })
  const errors = errorsIn(answer.body)
  if (errors) workspace.views.set(user, { ...open, errors })
  else if (answer.status === 200) workspace.views.delete(user)
  note(workspace, user, answer)
  return answer
}

/** The bytes and headers of one request, as Slack signs them ("Verifying requests from Slack"). */
export function signedRequest(
  payload: object,
  signingSecret: string,
  now: number
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const timestamp = String(Math.floor(now / 1000))
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`
    }
  }
}

async function send(workspace: Workspace, url: string, payload: object): Promise<Interaction> {
  const { body, headers } = signedRequest(
    payload,
    workspace.options.signingSecret,
    workspace.clock.now()
  )
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(ANSWER_MS)
    })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return { status: undefined, body: '' }
  }
}

function common({ options, members }: Workspace, user: string, type: string): object {
  const member = members.get(user)
  const name = member?.name ?? user
  return {
    type,
    user: { id: user, username: name, name, team_id: member?.team ?? options.team },
    api_app_id: options.app,
    token: 'deprecated'
  }
}

function buttonIn(
  { blocks }: Message,
  actionId: string
): { readonly block: unknown; readonly element: Block } | undefined {
  for (const block of blocks) {
    const elements = block['type'] === 'actions' ? (block['elements'] as Block[]) : []
    const element = elements.find((each) => each['action_id'] === actionId)
    if (element) return { block: block['block_id'], element }
  }
  return undefined
}

function inputsOf({ view }: OpenView): Block[] {
  return (view['blocks'] as Block[]).filter((block) => block['type'] === 'input')
}

/** What Slack says at the field before it sends anything. */
function unmet(open: OpenView, values: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const block of inputsOf(open)) {
    const id = String(block['block_id'])
    const { min_length: min = 0, max_length: max = 3_000 } = block['element'] as {
      min_length?: number
      max_length?: number
    }
    const value = values[id] ?? ''
    if (value.trim() === '' && block['optional'] !== true)
      found[id] = 'Please complete this required field.'
    else if (value.length < min) found[id] = `Please enter at least ${min} characters.`
    else if (value.length > max) found[id] = `Please enter at most ${max} characters.`
  }
  return found
}

function stateOf(open: OpenView, values: Readonly<Record<string, string>>): object {
  return Object.fromEntries(
    inputsOf(open).map((block) => {
      const { action_id: action = 'input' } = block['element'] as { action_id?: string }
      const id = String(block['block_id'])
      return [id, { [action]: { type: 'plain_text_input', value: values[id] ?? null } }]
    })
  )
}

function errorsIn(body: string): Record<string, string> | undefined {
  try {
    const { response_action: action, errors } = JSON.parse(body) as Record<string, unknown>
    return action === 'errors' ? (errors as Record<string, string>) : undefined
  } catch {
    return undefined
  }
}

/** What Slack shows the person beside the button when the app did not answer well. */
function note(workspace: Workspace, user: string, { status }: Interaction): void {
  if (status === 200) workspace.troubles.delete(user)
  else if (status === undefined) workspace.troubles.set(user, 'This app did not respond in time.')
  else workspace.troubles.set(user, `This app responded with Status Code ${status}.`)
  workspace.changed()
}
