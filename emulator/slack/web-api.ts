import { blockProblems, viewProblems } from './blocks.ts'
import { filled } from './filled.ts'
import { BOT, messageOf, ofBot, userOf, viewOf } from './shapes.ts'
import type { Block, Message, OpenView, Workspace } from './workspace.ts'

/** What Slack answers; `ok` false carries its own error code. */
export type Answer = { readonly ok: true; readonly [name: string]: unknown } | Failure
export interface Failure {
  readonly ok: false
  readonly error: string
  readonly [name: string]: unknown
}
export type Arguments = Readonly<Record<string, unknown>>

/** "chat.postMessage": longer text is `msg_too_long`. In characters. */
const LONGEST_TEXT = 40_000
/** Of an update it is the bytes that count, once `&` is escaped. */
const LONGEST_UPDATE = 4_000
/** All blocks together, as JSON: not documented, and measured by slackapi/bolt-js#2509. In characters. */
const LONGEST_BLOCKS = 13_200

type Method = (args: Arguments, workspace: Workspace) => Answer

/** The methods the gate calls, as Slack documents them. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': (_, { options, address }) => ({
    ok: true,
    url: `${address}/`,
    team: 'Emulated',
    user: 'release-gate',
    team_id: options.team,
    user_id: BOT.user,
    bot_id: BOT.bot,
    is_enterprise_install: false
  }),

  'chat.postMessage'(args, workspace) {
    const content = readContent(args)
    if ('ok' in content) return content
    const channel = text(args, 'channel')
    const closed = closedTo(workspace, channel)
    if (closed) return closed
    const thread = args['thread_ts'] === undefined ? undefined : text(args, 'thread_ts')
    if (thread !== undefined && !workspace.find(channel, thread)) return fail('thread_not_found')
    const message = workspace.post({
      channel,
      text: content.text,
      blocks: filled(content.blocks ?? [], workspace.nextBlockId),
      thread,
      broadcast: isTrue(args['reply_broadcast'])
    })
    return { ok: true, channel, ts: message.ts, message: messageOf(message, workspace) }
  },

  'chat.update'(args, workspace) {
    const content = readContent(args)
    if ('ok' in content) return content
    if (escapedBytes(content.text) > LONGEST_UPDATE) return fail('msg_too_long')
    const channel = text(args, 'channel')
    const closed = closedTo(workspace, channel)
    if (closed) return closed
    const before = workspace.find(channel, text(args, 'ts'))
    if (!before) return fail('message_not_found')
    if (before.author !== undefined) return fail('cant_update_message')
    const message: Message = {
      ...before,
      text: content.text,
      // "If you don't include this field, the message's previous blocks will be retained."
      blocks: content.blocks ? filled(content.blocks, workspace.nextBlockId) : before.blocks,
      edited: workspace.nextTs()
    }
    workspace.replace(message)
    return {
      ok: true,
      channel,
      ts: message.ts,
      text: message.text,
      message: messageOf(message, workspace)
    }
  },

  'chat.postEphemeral'(args, workspace) {
    const content = readContent(args)
    if ('ok' in content) return content
    const channel = text(args, 'channel')
    const user = text(args, 'user')
    const closed = closedTo(workspace, channel)
    if (closed) return closed
    if (!workspace.members.has(user)) return fail('user_not_in_channel')
    const blocks = filled(content.blocks ?? [], workspace.nextBlockId)
    const ts = workspace.whisper({ user, channel, text: content.text, blocks })
    return { ok: true, message_ts: ts }
  },

  'views.open': (args, workspace) => showView(args, workspace, () => undefined),

  /** "Push a new view onto the existing view stack": of three at most, the first among them. */
  'views.push': (args, workspace) =>
    showView(args, workspace, ({ user, view }) => {
      const below = workspace.views.get(user)
      // Its trigger is "generated from an interaction within the existing modal".
      if (!below || below.id !== view) return 'not_found'
      return below.below?.below ? 'push_limit_reached' : below
    }),

  /** In Slack it is `auth.test` of some tokens that names the app too; this is where all of them find it. */
  'bots.info'(args, { options }) {
    if (text(args, 'bot') !== BOT.bot) return fail('bot_not_found')
    const { bot: id, user: user_id } = BOT
    return {
      ok: true,
      bot: { id, deleted: false, name: 'release-gate', user_id, app_id: options.app }
    }
  },

  'users.info'(args, workspace) {
    const id = text(args, 'user')
    if (id === BOT.user) return { ok: true, user: ofBot(workspace) }
    const member = workspace.members.get(id)
    return member ? { ok: true, user: userOf(member, workspace.options) } : fail('user_not_found')
  },

  'usergroups.users.list'(args, workspace) {
    const users = workspace.groups.get(text(args, 'usergroup'))
    return users ? { ok: true, users } : fail('no_such_subteam')
  }
}

/** Errors of both: "view_too_large: the provided view is greater than 250kb". In bytes of its JSON. */
const LARGEST_VIEW = 250_000

/** `place` says on which view the new one is put, if on any, or Slack's error. */
function showView(
  args: Arguments,
  workspace: Workspace,
  place: (trigger: {
    readonly user: string
    readonly view: string | undefined
  }) => OpenView | string | undefined
): Answer {
  const view = json(args['view'])
  const problems = viewProblems(view)
  if (problems.length > 0) return invalid('invalid_arguments', problems)
  if (Buffer.byteLength(JSON.stringify(view)) > LARGEST_VIEW) return fail('view_too_large')
  const trigger = workspace.useTrigger(text(args, 'trigger_id'))
  if ('error' in trigger) return fail(trigger.error)
  const below = place(trigger)
  if (typeof below === 'string') return fail(below)
  const { blocks, ...rest } = view as Block & { readonly blocks: readonly Block[] }
  const open: OpenView = {
    id: workspace.nextId('V'),
    user: trigger.user,
    view: { ...rest, blocks: filled(blocks, workspace.nextBlockId) },
    errors: {},
    ...(below && { below })
  }
  workspace.views.set(trigger.user, open)
  workspace.changed()
  return { ok: true, view: viewOf(open, {}, workspace) }
}

export function fail(error: string, more: Readonly<Record<string, unknown>> = {}): Failure {
  return { ok: false, error, ...more }
}

/** What of a message's arguments Slack takes; its refusal otherwise. `blocks` is undefined where none were given. */
export function readContent(
  args: Arguments
): { readonly text: string; readonly blocks: readonly Block[] | undefined } | Failure {
  const said = text(args, 'text')
  if (said.length > LONGEST_TEXT) return fail('msg_too_long')
  if (args['blocks'] === undefined) return said === '' ? fail('no_text') : textOnly(said)
  const blocks = json(args['blocks'])
  if (!Array.isArray(blocks)) return fail('invalid_blocks_format')
  const problems = blockProblems(blocks, 'message')
  // They are also directly in the answer, without the level.
  if (problems.length > 0) return { ...invalid('invalid_blocks', problems), errors: problems }
  if (JSON.stringify(blocks).length > LONGEST_BLOCKS) return fail('msg_blocks_too_long')
  if (said === '' && blocks.length === 0) return fail('no_text')
  return { text: said, blocks: blocks as readonly Block[] }
}

function escapedBytes(said: string): number {
  return Buffer.byteLength(said.replaceAll(/&(?!amp;|lt;|gt;)/g, '&amp;'))
}

function textOnly(said: string): { readonly text: string; readonly blocks: undefined } {
  return { text: said, blocks: undefined }
}

function invalid(error: string, problems: readonly string[]): Failure {
  const messages = problems.map((problem) => `[ERROR] ${problem}`)
  return fail(error, { response_metadata: { messages } })
}

function closedTo({ options }: Workspace, channel: string): Failure | undefined {
  if (!Object.hasOwn(options.channels, channel)) return fail('channel_not_found')
  return options.notIn?.includes(channel) === true ? fail('not_in_channel') : undefined
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
