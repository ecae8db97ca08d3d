import { LogLevel, WebClient } from '@slack/web-api'
import { TOKEN } from './workspace.ts'
import type { Place } from './workspace.ts'

/** What it throws it would say again. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined
}

/** Slack's own client, without its retries. */
export function clientOf({ slack }: Place, token = TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 500,
    logger: SILENT
  })
}

/** Slack's error code, or the client's own, or `ok`. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return 'ok'
  } catch (error) {
    const { data, code } = error as { data?: { error?: string }; code?: string }
    return data?.error ?? code
  }
}

/** One call as bytes: what a client would not send, or hides. */
export async function call(
  { slack }: Place,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string
): Promise<Record<string, unknown>> {
  const answer = await fetch(slack.apiUrl + method, { method: 'POST', headers, body })
  return (await answer.json()) as Record<string, unknown>
}

/** A JSON call with the bot's token. */
export function callJson(
  place: Place,
  method: string,
  args: object
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  return call(place, method, headers, JSON.stringify(args))
}
