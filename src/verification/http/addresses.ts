import { lookup as resolve, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { addressRefused } from '../words/reasons.ts'

/**
 * Addresses to which this action never sends a request, whatever a file, a name server or an
 * answer says: those at which clouds give credentials to their machines, the whole
 * link-local range that contains them, addresses that are not of a single host, and IPv6
 * addresses behind which a gateway reaches any IPv4 address: 6to4 (RFC 3056, `2002::/16`),
 * Teredo (RFC 4380, `2001::/32`), local NAT64 (RFC 8215, `64:ff9b:1::/48`) and IPv4-translated
 * (RFC 2765, `::ffff:0:0:0/96`). Green is behind none of them.
 *
 * Sources: AWS, "Instance metadata" (169.254.169.254, fd00:ec2::254) and "Task IAM role"
 * (169.254.170.2, fd00:ec2::23); Azure, "What is IP address 168.63.129.16"; Alibaba Cloud,
 * "Instance metadata" (100.100.100.200); Google Cloud, metadata server over IPv6
 * (fd20:ce::254); RFC 6890 and the registries that it founded, IANA's
 * IPv4 and IPv6 Special-Purpose Address Registries.
 */
export const REFUSED_RANGES = [
  '169.254.0.0/16',
  '168.63.129.16/32',
  '100.100.100.200/32',
  '0.0.0.0/8',
  '224.0.0.0/3',
  'fe80::/10',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  'ff00::/8',
  '::/128',
  '2002::/16',
  '2001::/32',
  '64:ff9b:1::/48',
  '::ffff:0:0:0/96'
] as const

let made: BlockList | undefined

/**
 * The list is made at the first use, because every release loads this file, and Node takes
 * some 4 ms to make it.
 */
function refused(): BlockList {
  if (made) return made
  made = new BlockList()
  for (const range of REFUSED_RANGES) {
    const [address = '', length] = range.split('/')
    made.addSubnet(address, Number(length), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return made
}

/**
 * Whether an IPv4 or IPv6 address is one of those. An IPv4 address that is mapped into an
 * IPv6 one is judged by itself. IPv4-compatible addresses (RFC 4291, `::a.b.c.d`, deprecated)
 * are refused, except for `::1`, which is in their range.
 */
export function isRefused(address: string): boolean {
  if (isIP(address) !== 6) return refused().check(address, 'ipv4')
  // The URL parser writes every IPv6 address in the same form.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname
  if (/^\[::[0-9a-f]+(:[0-9a-f]+)?\]$/.test(canonical)) return canonical !== '[::1]'
  const inner = embedded(canonical)
  if (inner !== undefined && refused().check(inner, 'ipv4')) return true
  return refused().check(address, 'ipv6')
}

/** The IPv4 address in `::ffff:a.b.c.d` and in NAT64's `64:ff9b::` (RFC 6052). */
function embedded(canonical: string): string | undefined {
  const [, high, low] =
    /^\[(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return undefined
  const bytes = [high, low].flatMap((part) => {
    const number = Number.parseInt(part, 16)
    return [number >> 8, number & 255]
  })
  return bytes.join('.')
}

/** A name led to an address that is refused. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
  constructor(host: string, address: string) {
    super(addressRefused(host, address))
  }
}

/**
 * A look-up for `http.request` that refuses these addresses. The connection is made to
 * exactly the address that was checked here. Node calls it only for names; see
 * `refuseLiteral` for addresses in a URL.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, [])
    const refused = addresses.find(({ address }) => isRefused(address))
    if (refused) return callback(new AddressRefused(hostname, refused.address), [])
    if (options.all) return callback(null, addresses)
    const [first] = addresses
    callback(null, first?.address ?? '', first?.family)
  })
}

/** @throws AddressRefused if the URL's host is itself such an address. */
export function refuseLiteral({ hostname }: URL): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && isRefused(address)) throw new AddressRefused(hostname, address)
}

/**
 * Why this target may not be asked; undefined if it may. For engines that do not take a
 * look-up function.
 */
export function refusedTarget(target: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const hostname = target.hostname.replace(/^\[|\]$/g, '')
    guardedLookup(hostname, { all: true }, (error) => resolve(error?.message))
  })
}
