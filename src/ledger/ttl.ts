/** Longer than anybody looks back at a release. Its decision row is kept for ever. */
const RELEASE_DAYS = 400
const DAY_S = 24 * 3_600

/** DynamoDB's TTL: seconds since the epoch, `days` after `at` (milliseconds since the epoch). */
export function expiryOf(at: number, days = RELEASE_DAYS): number {
  return Math.floor(at / 1000) + days * DAY_S
}
