import { isObject, objectIn } from './body.ts'
import { modalAnswer, unmet, valuesOf } from './modal.ts'
import type { ResponseUrls } from './response-urls.ts'
import { handleOf, messageOf, viewOf } from './shapes.ts'
import { send } from './signed.ts'
import type { Interaction } from './signed.ts'
import type { Block, Ephemeral, Message, Workspace } from './workspace.ts'

export type { Interaction } from './signed.ts'

/** Slack, "Handling user interaction": an answer within three seconds, or the person sees an error. */
const ANSWER_MS = 3_000
const NOTHING_SENT: Interaction = { status: undefined, body: '' }

/** The app that interactions go to. */
export interface App {
  readonly workspace: Workspace
  /** Throws where it has not been told. */
  readonly url: string
  readonly responseUrls: ResponseUrls
}

/** The element that is used: by its message, its id and, of an overflow menu, the option's value. */
export interface Pressed {
  readonly ts: string
  readonly actionId: string
  readonly option: string | undefined
}

/** A press on an element of a message, after its confirm dialog. Rejects where there is no such element. */
export async function click(app: App, user: string, pressed: Pressed): Promise<Interaction> {
  const { workspace, responseUrls } = app
  const { channels } = workspace.options
  const { ts, actionId } = pressed
  const place = placeOf(workspace, user, ts)
  const found = place && elementIn(place.blocks, actionId)
  if (!place || !found) throw new Error(`${ts} has no element ${actionId}`)
  const { channel } = place
  const whispered = 'user' in place
  const answer = await deliver(app, {
    type: 'block_actions',
    ...origin(workspace, user),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: whispered },
    trigger_id: workspace.openTrigger(user),
    ...placeOfInstall(workspace),
    channel: { id: channel, name: channels[channel] },
    ...(!whispered && { message: messageOf(place, workspace) }),
    state: { values: {} },
    response_url: responseUrls.open({ user, channel, ts }),
    actions: [actionOf(found.element, found.block, pressed, workspace.nextTs())]
  })
  if (answer.status === 200) workspace.troubles.delete(user)
  else workspace.troubles.set(user, troubleOf(answer))
  workspace.changed()
  return answer
}

/**
 * A press on an element of the modal that this person has before them ("block_actions payload": its
 * container is the view, and there is neither a channel nor a message nor a response_url).
 * Rejects where they have no modal open, or it has no such element.
 */
export async function press(app: App, user: string, actionId: string): Promise<Interaction> {
  const { workspace } = app
  const open = workspace.views.get(user)
  const blocks = open?.view['blocks']
  const found = Array.isArray(blocks) ? elementIn(blocks.filter(isObject), actionId) : undefined
  if (!open || !found) throw new Error(`${user} has no element ${actionId} before them`)
  const { id, view } = open
  const pressed = { ts: '', actionId, option: undefined }
  const answer = await deliver(app, {
    type: 'block_actions',
    ...origin(workspace, user),
    container: { type: 'view', view_id: id },
    trigger_id: workspace.openTrigger(user, id),
    ...placeOfInstall(workspace),
    view: viewOf(open, valuesOf(view, {}), workspace),
    actions: [actionOf(found.element, found.block, pressed, workspace.nextTs())]
  })
  const now = workspace.views.get(user)
  if (answer.status !== 200 && now?.id === id) {
    workspace.views.set(user, { ...now, trouble: troubleOf(answer) })
  }
  workspace.changed()
  return answer
}

/**
 * Sends what somebody has filled into the modal before them; `values` by block
 * id. Slack itself asks for what is required first, and sends nothing until it
 * has it. Rejects where they have no modal open.
 */
export async function submit(
  app: App,
  user: string,
  values: Readonly<Record<string, string>>
): Promise<Interaction> {
  const { workspace } = app
  const open = workspace.views.get(user)
  if (!open) throw new Error(`${user} has no modal open`)
  const { id, view } = open
  const missing = unmet(view, values)
  if (Object.keys(missing).length > 0) {
    workspace.views.set(user, { ...open, errors: missing })
    workspace.changed()
    return NOTHING_SENT
  }
  const answer = await deliver(app, {
    type: 'view_submission',
    ...placeOfInstall(workspace),
    ...origin(workspace, user),
    trigger_id: workspace.openTrigger(user),
    view: viewOf(open, valuesOf(view, values), workspace),
    response_urls: []
  })
  // Whoever closed it meanwhile does not see it again.
  if (workspace.views.get(user)?.id === id) {
    const outcome = answer.status === 200 ? modalAnswer(answer.body, view) : undefined
    const { trouble: _, ...rest } = open
    if (outcome === 'clear') workspace.views.delete(user)
    else if (outcome === 'close') workspace.closeView(user)
    else if (outcome) workspace.views.set(user, { ...rest, errors: outcome.errors })
    else workspace.views.set(user, { ...rest, errors: {}, trouble: NOT_TAKEN })
    workspace.changed()
  }
  return answer
}

/** As Slack's own modal says it. */
const NOT_TAKEN = 'We had some trouble connecting. Try again?'

function deliver({ workspace, url }: App, payload: object): Promise<Interaction> {
  const { signingSecret, answerMs = ANSWER_MS } = workspace.options
  return send(url, payload, { signingSecret, answerMs, now: workspace.clock.now() })
}

/** Where the app is installed; for a whole organization the payload names no workspace (Slack, "Interaction payloads"). */
function placeOfInstall({ options: { team, enterprise } }: Workspace): object {
  const { id, name, isInstalled = false } = enterprise ?? {}
  const organization = id === undefined ? null : { id, name }
  const workspace = {
    id: team,
    domain: 'emulated',
    ...(organization && { enterprise_id: id, enterprise_name: name })
  }
  return {
    team: isInstalled ? null : workspace,
    enterprise: organization,
    is_enterprise_install: isInstalled
  }
}

function origin({ options, members }: Workspace, user: string): object {
  const member = members.get(user)
  const name = member ? handleOf(member) : user.toLowerCase()
  return {
    user: { id: user, username: name, name, team_id: member?.team ?? options.team },
    api_app_id: options.app,
    token: 'deprecated'
  }
}

/** The message, or what was said to this person alone. */
function placeOf(workspace: Workspace, user: string, ts: string): Message | Ephemeral | undefined {
  const whispered = workspace.ephemerals.find((each) => each.ts === ts && each.user === user)
  return whispered ?? workspace.messages.find((each) => each.ts === ts)
}

function elementIn(
  blocks: readonly Block[],
  actionId: string
): { readonly block: unknown; readonly element: Block } | undefined {
  for (const { type, block_id: block, elements, accessory } of blocks) {
    const inside: unknown[] = type === 'actions' && Array.isArray(elements) ? elements : [accessory]
    const element = inside.filter(isObject).find((each) => each['action_id'] === actionId)
    if (element) return { block, element }
  }
  return undefined
}

function actionOf(element: Block, block: unknown, { option }: Pressed, now: string): object {
  const { type, action_id: action, text, value, style, options } = element
  const base = { action_id: action, block_id: block, type, action_ts: now }
  if (type !== 'overflow') {
    return {
      ...base,
      text,
      ...(value !== undefined && { value }),
      ...(style !== undefined && { style })
    }
  }
  const choices = Array.isArray(options) ? options.filter(isObject) : []
  const chosen = choices.find((each) => each['value'] === option)
  if (!chosen) throw new Error(`${String(action)} has no option ${option ?? ''}`)
  return { ...base, selected_option: chosen }
}

/** What Slack shows the person when the app did not answer a click well. */
function troubleOf({ status, body }: Interaction): string {
  if (status === undefined) return 'This app did not respond in time.'
  const said = objectIn(body)?.['error']
  const why = typeof said === 'string' ? `: ${said}` : ''
  return `This app responded with Status Code ${status}${why}.`
}
