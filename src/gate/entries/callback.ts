import { handleCallback } from '../callback/handler.ts'
import { connect } from '../runtime/connect.ts'
import { gatePlanes } from '../runtime/planes.ts'
import type { HttpAnswer } from '../callback/http.ts'

const { platform, secret } = connect(gatePlanes)

export function handler(event: unknown): Promise<HttpAnswer> {
  return handleCallback(platform, async () => (await secret()).signingSecret, event)
}
