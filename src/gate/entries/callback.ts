import { handleCallback } from '../callback/handler.ts'
import { connect } from '../runtime/connect.ts'
import type { HttpAnswer } from '../callback/http.ts'

const { platform, secret } = connect(() =>
  Promise.reject(new Error('the callback does not read what runs on both sides'))
)

export function handler(event: unknown): Promise<HttpAnswer> {
  return handleCallback(platform, async () => (await secret()).signingSecret, event)
}
