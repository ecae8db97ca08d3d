import type { Block, Member, Message, OpenView, Workspace } from './workspace.ts'

/** The app's own user and bot. */
export const BOT = { user: 'U0GATEBOT', bot: 'B0GATEBOT' } as const

/** A message as `chat.*` and interactions carry it. */
export function messageOf(message: Message, { options }: Workspace): Block {
  const { ts, text, blocks, thread, edited, author } = message
  return {
    user: author ?? BOT.user,
    type: 'message',
    ts,
    ...(author === undefined && { bot_id: BOT.bot, app_id: options.app }),
    text,
    team: options.team,
    ...(thread !== undefined && { thread_ts: thread }),
    ...(edited !== undefined && { edited: { user: BOT.bot, ts: edited } }),
    blocks
  }
}

/** A view as `views.open` and `view_submission` carry it; `values` by block, then by action. */
export function viewOf(open: OpenView, values: object, { options }: Workspace): Block {
  const { id, view, below } = open
  return {
    id,
    team_id: options.team,
    private_metadata: '',
    callback_id: '',
    close: null,
    submit: null,
    ...view,
    state: { values },
    hash: `${options.team}.${id}`,
    clear_on_close: false,
    notify_on_close: false,
    root_view_id: rootOf(open).id,
    previous_view_id: below?.id ?? null,
    app_id: options.app,
    external_id: '',
    app_installed_team_id: options.team,
    bot_id: BOT.bot
  }
}

function rootOf(open: OpenView): OpenView {
  return open.below ? rootOf(open.below) : open
}

/** A name as Slack makes a handle of it. */
export function handleOf({ id, name }: Member): string {
  const handle = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '.')
    .replaceAll(/^\.|\.$/g, '')
  return handle === '' ? id.toLowerCase() : handle
}

/**
 * `users.info`, as far as anybody reads it. In an organization a person has no `team_id`, and
 * `teams` in two places (seen in looker/lookerbot#184; abdolence/slack-morphism-rust#215 saw a
 * `team_id` and `enterprise_user.teams` alone).
 */
export function userOf(member: Member, { team, enterprise }: Workspace['options']): Block {
  const { id, name, bot = false, guest, stranger = false, deleted = false, grid } = member
  return {
    id,
    ...(grid && enterprise ? inEnterprise(id, grid, enterprise) : { team_id: member.team ?? team }),
    name: handleOf(member),
    real_name: name,
    deleted,
    is_bot: bot,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_restricted: guest !== undefined,
    is_ultra_restricted: guest === 'single-channel',
    is_stranger: stranger,
    tz: 'Asia/Seoul',
    profile: { real_name: name, display_name: name, team: member.team ?? team }
  }
}

function inEnterprise(
  id: string,
  grid: NonNullable<Member['grid']>,
  enterprise: NonNullable<Workspace['options']['enterprise']>
): Block {
  const organization = { enterprise_id: enterprise.id, enterprise_name: enterprise.name }
  const roles = { is_admin: false, is_owner: false }
  return {
    ...organization,
    teams: grid.teams,
    enterprise_user: { id: grid.id ?? id, ...organization, ...roles, teams: grid.teams }
  }
}

/** The app's own user, as `users.info` tells it. */
export function ofBot({ options }: Workspace): Block {
  return userOf({ id: BOT.user, name: 'Release gate', bot: true }, options)
}
