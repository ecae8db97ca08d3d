import type { StoredTargetGroup } from '../elbv2/state.ts'
import type { Asked } from './conditions.ts'

/** ALB's cookies for the target group of a client; the second is for requests of other origins (ALB user guide, "Target group stickiness"). */
const COOKIE = 'AWSALBTG'
const CORS_COOKIE = 'AWSALBTGCORS'

/** What the cookie says: the group, and until when, in milliseconds since the epoch of the emulated time. */
interface Pin {
  readonly group: string
  readonly until: number
}

/**
 * The target group that the client's cookie names; undefined if it has none that still counts.
 * AWS documents that such a request goes to that group, and not that a weight of 0 would end it,
 * so here it does not.
 */
export function pinnedGroup(asked: Asked, now: number): string | undefined {
  const sent = (asked.headers['cookie'] ?? []).flatMap((line) => line.split(/;\s*/))
  for (const name of [COOKIE, CORS_COOKIE]) {
    const value = sent.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1)
    const pin = value === undefined ? undefined : read(value)
    if (pin && pin.until > now) return pin.group
  }
  return undefined
}

/** The headers that keep a client with the group for so many seconds. */
export function pinningTo(
  { arn }: StoredTargetGroup,
  seconds: number,
  now: number
): readonly string[] {
  const until = now + seconds * 1000
  const pin: Pin = { group: arn, until }
  const value = Buffer.from(JSON.stringify(pin)).toString('base64url')
  const end = `Expires=${new Date(until).toUTCString()}; Path=/`
  return [`${COOKIE}=${value}; ${end}`, `${CORS_COOKIE}=${value}; ${end}; SameSite=None`]
}

function read(value: string): Pin | undefined {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString()) as Pin
  } catch {
    return undefined
  }
}
