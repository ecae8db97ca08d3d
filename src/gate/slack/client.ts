import { ErrorCode, LogLevel, WebClient } from '@slack/web-api'
import { isMapping } from '../../documents/mapping.ts'
import { SlackError, type Slack } from './slack.ts'
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
 * (request/retry-card.ts), and the sweep sends later what failed elsewhere.
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
  return {
    async post(channel, message, thread) {
      const { ts } = await call('chat.postMessage', {
        channel,
        ...message,
        ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: true }),
        unfurl_links: false,
        unfurl_media: false
      })
      if (typeof ts !== 'string') throw new SlackError('chat.postMessage', 'no ts in the answer')
      return ts
    },
    async update(channel, ts, message) {
      await call('chat.update', { channel, ts, ...message })
    },
    async ephemeral(channel, user, text) {
      await call('chat.postEphemeral', { channel, user, text })
    },
    async openView(trigger, view) {
      await call('views.open', { trigger_id: trigger, view })
    },
    async person(id) {
      const { user } = await call('users.info', { user: id })
      if (!isMapping(user) || user['id'] !== id || typeof user['team_id'] !== 'string') {
        throw new SlackError('users.info', 'no such user in the answer')
      }
      return {
        id,
        name: nameOf(user) ?? id,
        team: user['team_id'],
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
