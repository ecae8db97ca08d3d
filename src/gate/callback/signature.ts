import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from './http.ts'

/** Slack's own bound against replays; here in both directions. */
const LONGEST_SKEW_S = 300

/** What every signature of Slack's looks like. */
const FORM = /^v0=[0-9a-f]{64}$/

/**
 * Whether its headers could be those of a request that Slack has signed now;
 * what needs no secret. Never throws. `now` is in milliseconds since the epoch.
 */
export function mayBeSigned({ headers }: HttpRequest, now: number): boolean {
  const timestamp = headers['x-slack-request-timestamp'] ?? ''
  if (!/^[0-9]{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > LONGEST_SKEW_S) return false
  return FORM.test(headers['x-slack-signature'] ?? '')
}

/**
 * Whether Slack has signed these bytes, now: `v0=` and the HMAC-SHA256 of
 * `v0:<timestamp>:<body>` (Slack, "Verifying requests from Slack"). Nothing of
 * the body has been looked at before. Never throws.
 * `now` is in milliseconds since the epoch.
 */
export function isSignedBySlack(request: HttpRequest, secret: string, now: number): boolean {
  if (secret === '' || !mayBeSigned(request, now)) return false
  const { headers, body } = request
  const timestamp = headers['x-slack-request-timestamp'] ?? ''
  const given = headers['x-slack-signature'] ?? ''
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  return equal(given, `v0=${mac}`)
}

/** In a time that says nothing of where they differ. */
function equal(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
