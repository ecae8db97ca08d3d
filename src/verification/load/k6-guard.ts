import { isIPv4 } from 'node:net'
import { REFUSED_RANGES } from '../http/addresses.ts'

/**
 * What keeps k6 at green: by itself it follows ten redirects, and asks whatever
 * address a name or an answer leads to. k6 looks at an address when it connects,
 * and at an IPv4 one inside `::ffff:` as itself, but not inside NAT64's
 * `64:ff9b::` (RFC 6052). Each flag is apart from its value, so that a flag
 * before them that lacks its own leaves a word too many, and k6 refuses to run.
 */
export const GUARD: readonly string[] = [
  '--max-redirects',
  '0',
  ...REFUSED_RANGES.flatMap((range) =>
    isInIPv4(range) ? [range, inNat64(range)] : [range]
  ).flatMap((range) => ['--blacklist-ip', range])
]

function isInIPv4(range: string): boolean {
  return isIPv4(range.replace(/\/.*/, ''))
}

function inNat64(range: string): string {
  const [address = '', length] = range.split('/')
  return `64:ff9b::${address}/${96 + Number(length)}`
}
