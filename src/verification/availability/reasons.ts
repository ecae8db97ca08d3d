import { connectionInWords, notHttp, timedOutInWords, tlsInWords } from '../words/reasons.ts'

/** The most characters of a reason. Evidence may contain a thousand reasons. */
const LONGEST = 64

/**
 * Why a request failed, in a few words. The same cause always gives the same words. The
 * error's own text is not used, because it may contain addresses.
 */
export function reasonOf(error: unknown): string {
  const code = textOf(error, 'code')
  if (code === undefined) return words(textOf(error, 'name') ?? 'error')
  const connection = connectionInWords(code)
  if (connection !== undefined) return connection
  const tls = tlsInWords(code)
  if (tls !== undefined) return `tls: ${tls}`
  const [, rest] = /^ERR_(?:SSL|TLS)_(.+)$/.exec(code) ?? []
  if (rest !== undefined) return `tls: ${words(rest)}`
  return code.startsWith('HPE_') ? notHttp(words(code.slice(4))) : words(code)
}

/** Such as `timed out after 5 s`. */
export function timedOut(timeoutMs: number): string {
  return timedOutInWords(timeoutMs / 1000)
}

function textOf(error: unknown, member: 'code' | 'name'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const value: unknown = Reflect.get(error, member)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Writes `WRONG_VERSION_NUMBER` and `AddressRefused` as words. */
function words(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .slice(0, LONGEST)
}
