import { createHmac } from 'node:crypto'

/** What came of one interaction. */
export interface Interaction {
  /** HTTP status of the app's answer; undefined where there was none in time. */
  readonly status: number | undefined
  readonly body: string
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
      accept: 'application/json,*/*',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${mac}`
    }
  }
}

/**
 * Sends one, once: Slack does not repeat interactions, and follows no redirect.
 * The limit counts on the machine's own clock, as the app works on it, however
 * fast the emulated one runs.
 */
export async function send(
  url: string,
  payload: object,
  options: { readonly signingSecret: string; readonly now: number; readonly answerMs: number }
): Promise<Interaction> {
  const { body, headers } = signedRequest(payload, options.signingSecret, options.now)
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(options.answerMs)
    })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return { status: undefined, body: '' }
  }
}
