import { LogLevel, WebClient } from '@slack/web-api'
import type { SlackApp } from '../cli/setup/ports.ts'
import { SlackError } from './slack.ts'
import { transport } from './transport.ts'

const TIMEOUT_MS = 10_000

/**
 * Which workspace and app a bot token is of. Slack says the workspace in `auth.test`, and the app
 * there or in `bots.info`, which needs the scope users:read (docs.slack.dev, both methods).
 * Errors: SlackError.
 */
export async function slackApp(token: string, url: string | undefined): Promise<SlackApp> {
  const client = new WebClient(token, {
    ...(url === undefined ? {} : { slackApiUrl: url }),
    fetch: transport,
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR
  })
  const asked = async <T>(method: string, call: Promise<T>): Promise<T> => {
    try {
      return await call
    } catch (error) {
      const data = error instanceof Error && 'data' in error ? error.data : undefined
      const code = (data as { error?: unknown } | undefined)?.error
      throw new SlackError(method, typeof code === 'string' ? code : 'network', { cause: error })
    }
  }
  const { team_id: team, bot_id: bot, app_id: app } = await asked('auth.test', client.auth.test())
  if (team === undefined) throw new SlackError('auth.test', 'no team_id in the answer')
  if (app !== undefined || bot === undefined) return { team, app }
  const found = await asked('bots.info', client.bots.info({ bot }))
  return { team, app: found.bot?.app_id }
}
