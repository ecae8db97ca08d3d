import { ErrorCode, LogLevel, WebClient } from '@slack/web-api'
import { isList, isMapping, mappingIn, textIn } from '../../documents/mapping.ts'
import { SlackError, type Slack, type SlackUser } from './slack.ts'
import { transport } from './transport.ts'

/** The time limit of one call. An interaction has to be answered within 3 s, whatever Slack does. */
const TIMEOUT_MS = 1_500

export interface SlackOptions {
  readonly token: string
  /** Undefined: Slack's own API. GovSlack has another. */
  readonly url: string | undefined
}

/**
 * Makes a client of Slack's Web API. It does not retry, as by default it would do so for
 * half an hour (security.md): the request function posts a new card again
 * (slack/retry-card.ts), and the sweep sends later what failed elsewhere.
 */
export function slackClient({ token, url }: SlackOptions): Slack {
  const client = new WebClient(token, {
    ...(url === undefined ? {} : { slackApiUrl: url }),
    fetch: transport,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // Errors are thrown, and whoever catches them logs them.
    logLevel: LogLevel.ERROR
  })
  const call = async (method: string, options: Record<string, unknown>): Promise<Answer> => {
    try {
      return { ...(await client.apiCall(method, options)) }
    } catch (error) {
      throw new SlackError(method, codeOf(error), { cause: error })
    }
  }
  const say = async (message: Record<string, unknown>): Promise<string> => {
    const options = { ...message, unfurl_links: false, unfurl_media: false }
    const { ts } = await call('chat.postMessage', options)
    if (typeof ts !== 'string') throw new SlackError('chat.postMessage', 'no ts in the answer')
    return ts
  }
  return {
    post(channel, message, thread) {
      const place = thread === undefined ? {} : { thread_ts: thread, reply_broadcast: true }
      return say({ channel, ...message, ...place })
    },
    reply: (channel, message, thread) => say({ channel, ...message, thread_ts: thread }),
    async update(channel, ts, message) {
      await call('chat.update', { channel, ts, ...message })
    },
    async ephemeral(channel, user, text) {
      await call('chat.postEphemeral', { channel, user, text })
    },
    async openView(trigger, view) {
      await call('views.open', { trigger_id: trigger, view })
    },
    async pushView(trigger, view) {
      await call('views.push', { trigger_id: trigger, view })
    },
    async person(id) {
      const { user } = await call('users.info', { user: id })
      const found = isMapping(user) ? membershipOf(user) : undefined
      if (!isMapping(user) || !found?.ids.includes(id)) {
        throw new SlackError('users.info', 'no such user in the answer')
      }
      return {
        ...found,
        name: nameOf(user) ?? id,
        isBot: user['is_bot'] === true || user['is_workflow_bot'] === true,
        isRestricted: user['is_restricted'] === true,
        isUltraRestricted: user['is_ultra_restricted'] === true,
        isStranger: user['is_stranger'] === true,
        deleted: user['deleted'] === true
      }
    },
    async groupMembers(group) {
      const { users } = await call('usergroups.users.list', { usergroup: group })
      if (!Array.isArray(users))
        throw new SlackError('usergroups.users.list', 'no users in the answer')
      return users.filter((user): user is string => typeof user === 'string')
    }
  }
}

/**
 * In an organization a person may belong to several workspaces, have an id of the organization's
 * beside the workspace's, and no `team_id` (Slack, "User object": `enterprise_user`, `teams`; seen
 * in looker/lookerbot#184 and abdolence/slack-morphism-rust#215).
 */
function membershipOf(user: Answer): Pick<SlackUser, 'ids' | 'teams' | 'enterprise'> | undefined {
  const inEnterprise = mappingIn(user, 'enterprise_user')
  const ids = [user['id'], inEnterprise['id']].filter((id) => typeof id === 'string')
  const teams = [
    user['team_id'],
    ...listIn(user, 'teams'),
    ...listIn(inEnterprise, 'teams')
  ].filter((team) => typeof team === 'string')
  if (ids.length === 0 || teams.length === 0) return undefined
  const enterprise = textIn(inEnterprise, 'enterprise_id') ?? textIn(user, 'enterprise_id')
  return { ids: [...new Set(ids)], teams: [...new Set(teams)], enterprise }
}

function listIn(mapping: Answer, name: string): readonly unknown[] {
  const value = mapping[name]
  return isList(value) ? value : []
}

function nameOf(user: Answer): string | undefined {
  const profile = isMapping(user['profile']) ? user['profile'] : {}
  const names = [profile['display_name'], user['real_name'], profile['real_name'], user['name']]
  return names.find((name): name is string => typeof name === 'string' && name !== '')
}

type Answer = Readonly<Record<string, unknown>>

function codeOf(error: unknown): string {
  if (!isMapping(error)) return 'network'
  switch (error['code']) {
    case ErrorCode.PlatformError: {
      const data = error['data']
      return isMapping(data) && typeof data['error'] === 'string' ? data['error'] : 'refused'
    }
    case ErrorCode.RateLimitedError:
      return 'ratelimited'
    case ErrorCode.HTTPError:
      return `HTTP ${String(error['statusCode'])}`
    default:
      return 'network'
  }
}
