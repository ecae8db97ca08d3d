import { blockProblems, viewProblems } from './blocks.ts'
import type { Block, Member, Message, Workspace } from './workspace.ts'

/** What Slack answers; `ok` false carries its own error code. */
export type Answer = { readonly ok: true; readonly [name: string]: unknown } | Failure
export interface Failure {
  readonly ok: false
  readonly error: string
  readonly response_metadata?: { readonly messages: readonly string[] }
}
export type Arguments = Readonly<Record<string, unknown>>

/** Message text beyond this is refused ("chat.postMessage": msg_too_long). */
const LONGEST_TEXT = 40_000

type Method = (args: Arguments, workspace: Workspace) => Answer

/** The methods the gate calls, as Slack documents them. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (_, { options }) => ({
    ok: true,
    team_id: options.team,
    user_id: 'U0GATEBOT',
    bot_id: 'B0GATEBOT'
  }),

  'chat.postMessage'(args, workspace) {
    const content = readContent(args)
    const channel = text(args, 'channel')
    if ('ok' in content) return content
    if (!(channel in workspace.options.channels)) return fail('channel_not_found')
    const thread = args['thread_ts'] === undefined ? undefined : text(args, 'thread_ts')
    if (thread !== undefined && !workspace.find(channel, thread)) return fail('thread_not_found')
    const broadcast = isTrue(args['reply_broadcast'])
    const message: Message = {
      ...content,
      channel,
      ts: workspace.nextTs(),
      thread,
      broadcast,
      edited: false
    }
    workspace.messages.push(message)
    workspace.changed()
    return { ok: true, channel, ts: message.ts, message: asSlack(message) }
  },

  'chat.update'(args, workspace) {
    const content = readContent(args)
    const channel = text(args, 'channel')
    if ('ok' in content) return content
    if (!(channel in workspace.options.channels)) return fail('channel_not_found')
    const before = workspace.find(channel, text(args, 'ts'))
    if (!before) return fail('message_not_found')
    const message = { ...before, ...content, edited: true }
    workspace.replace(message)
    return { ok: true, channel, ts: message.ts, text: message.text, message: asSlack(message) }
  },

  'chat.postEphemeral'(args, workspace) {
    const content = readContent(args)
    const channel = text(args, 'channel')
    const user = text(args, 'user')
    if ('ok' in content) return content
    if (!(channel in workspace.options.channels)) return fail('channel_not_found')
    if (!workspace.members.has(user)) return fail('user_not_in_channel')
    const ts = workspace.nextTs()
    workspace.ephemerals.push({ user, channel, ts, text: content.text })
    workspace.changed()
    return { ok: true, message_ts: ts }
  },

  'views.open'(args, workspace) {
    const view = json(args['view'])
    const problems = viewProblems(view)
    if (problems.length > 0) return fail('invalid_arguments', problems)
    const trigger = workspace.useTrigger(text(args, 'trigger_id'))
    if ('error' in trigger) return fail(trigger.error)
    const id = workspace.nextId('V')
    const open = { id, user: trigger.user, view: view as Block, errors: {} }
    workspace.views.set(trigger.user, open)
    workspace.changed()
    return { ok: true, view: { ...open.view, id, team_id: workspace.options.team } }
  },

  'users.info'(args, workspace) {
    const member = workspace.members.get(text(args, 'user'))
    return member
      ? { ok: true, user: userOf(member, workspace.options.team) }
      : fail('user_not_found')
  },

  'usergroups.users.list'(args, workspace) {
    const users = workspace.groups.get(text(args, 'usergroup'))
    return users ? { ok: true, users } : fail('no_such_subteam')
  }
}

export function fail(error: string, messages?: readonly string[]): Failure {
  return { ok: false, error, ...(messages && { response_metadata: { messages } }) }
}

function readContent(args: Arguments): Pick<Message, 'text' | 'blocks'> | Failure {
  const said = text(args, 'text')
  const blocks = args['blocks'] === undefined ? [] : json(args['blocks'])
  if (said.length > LONGEST_TEXT) return fail('msg_too_long')
  const problems = blockProblems(blocks, 'message')
  if (problems.length > 0) return fail('invalid_blocks', problems)
  if (said === '' && (blocks as unknown[]).length === 0) return fail('no_text')
  return { text: said, blocks: blocks as Block[] }
}

function asSlack({ ts, text: said, blocks }: Message): object {
  return { type: 'message', subtype: 'bot_message', bot_id: 'B0GATEBOT', ts, text: said, blocks }
}

/** `users.info`, as far as anybody reads it. */
function userOf(member: Member, team: string): object {
  const { id, name, bot = false, guest, stranger = false, deleted = false } = member
  return {
    id,
    team_id: member.team ?? team,
    name: name.toLowerCase().replaceAll(/\W+/g, '.'),
    real_name: name,
    deleted,
    is_bot: bot,
    is_restricted: guest !== undefined,
    is_ultra_restricted: guest === 'single-channel',
    is_stranger: stranger,
    profile: { real_name: name, display_name: name }
  }
}

function text(args: Arguments, name: string): string {
  const value = args[name]
  return typeof value === 'string' ? value : ''
}

/** In a form's field JSON is text. */
function json(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return undefined
  }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1'
}
