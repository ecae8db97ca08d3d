import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from './http.ts'

/** Slack's own bound against replays; here in both directions. */
const LONGEST_SKEW_S = 300

/**
 * Whether Slack has signed these bytes, now: `v0=` and the HMAC-SHA256 of
 * `v0:<timestamp>:<body>` (Slack, "Verifying requests from Slack"). Nothing of
 * the body has been looked at before. Never throws.
 * `now` is in milliseconds since the epoch.
 */
export function isSignedBySlack(
  { headers, body }: HttpRequest,
  secret: string,
  now: number
): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? ''
  const given = headers['x-slack-signature'] ?? ''
  if (secret === '' || !/^[0-9]{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > LONGEST_SKEW_S) return false
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  return equal(given, `v0=${mac}`)
}

/** In a time that says nothing of where they differ. */
function equal(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
