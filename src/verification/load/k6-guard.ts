import { isIPv4 } from 'node:net'
import { REFUSED_RANGES } from '../http/addresses.ts'

/**
 * Flags that keep k6 at green. By default it follows ten redirects, and connects to whatever
 * address a name or an answer leads to. k6 checks an address when it connects. It checks an
 * IPv4 address inside `::ffff:` by itself, but neither inside NAT64's `64:ff9b::` (RFC 6052)
 * nor in the IPv4-compatible form `::a.b.c.d`, so those ranges are listed too. `::0.0.0.0/104`
 * is not, because `::1` is in it. Each flag is separate from its value. If a flag before them
 * lacks its own value and takes one of these flags instead, one word is left over, and k6
 * refuses to run.
 */
export const GUARD: readonly string[] = [
  '--max-redirects',
  '0',
  ...REFUSED_RANGES.flatMap((range) =>
    isInIPv4(range) ? [range, ...insideIPv6(range)] : [range]
  ).flatMap((range) => ['--blacklist-ip', range])
]

function isInIPv4(range: string): boolean {
  return isIPv4(range.replace(/\/.*/, ''))
}

function insideIPv6(range: string): readonly string[] {
  const [address = '', length] = range.split('/')
  return ['64:ff9b::', '::']
    .map((prefix) => `${prefix}${address}/${96 + Number(length)}`)
    .filter((each) => each !== '::0.0.0.0/104')
}
