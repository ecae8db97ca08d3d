import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Condition } from '../elbv2/conditions.ts'

/** What of a request rules go by. */
export interface Asked {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** What follows the question mark, as it was sent. */
  readonly query: string
  /** Without the port. */
  readonly host: string
  /** All values of a header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>
  readonly source: string
}

export function askedBy(incoming: IncomingMessage): Asked {
  const { url = '/', method = 'GET', headers, headersDistinct, socket } = incoming
  const mark = url.indexOf('?')
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    host: (headers.host ?? '').replace(/:\d*$/, ''),
    headers: headersDistinct,
    source: socket.remoteAddress ?? '127.0.0.1'
  }
}

/** Whether one of the condition's values matches (ALB user guide, "Condition types for listener rules"). */
export function holds(condition: Condition, asked: Asked): boolean {
  switch (condition.field) {
    case 'path-pattern':
      return condition.values.some((pattern) => matchesPath(pattern, asked.path))
    case 'host-header':
      return condition.values.some((pattern) => glob(pattern, 'i').test(asked.host))
    case 'http-request-method':
      return condition.values.includes(asked.method)
    case 'source-ip':
      return isInside(condition.values, asked.source)
    case 'http-header': {
      const sent = asked.headers[condition.header.toLowerCase()] ?? []
      return condition.values.some((pattern) =>
        sent.some((value) => glob(pattern, 'i').test(value))
      )
    }
    case 'query-string': {
      const pairs = asked.query.split('&').map((pair) => {
        const [key = '', ...value] = pair.split('=')
        return { key, value: value.join('=') }
      })
      return condition.values.some(({ Key, Value = '' }) =>
        pairs.some(
          ({ key, value }) =>
            (Key === undefined || glob(Key, 'i').test(key)) && glob(Value, 'i').test(value)
        )
      )
    }
  }
}

/** An ALB path pattern: `*` is any run of characters, `?` exactly one; case matters. */
export function matchesPath(pattern: string, path: string): boolean {
  return glob(pattern, '').test(path)
}

/** A backslash takes its meaning from a wildcard, which a query string may need. */
function glob(pattern: string, flags: 'i' | ''): RegExp {
  const expression = pattern.replace(/\\([*?])|[.+^${}()|[\]\\*?]/g, (found, escaped?: string) => {
    if (escaped !== undefined) return `\\${escaped}`
    return found === '*' ? '.*' : found === '?' ? '.' : `\\${found}`
  })
  return new RegExp(`^${expression}$`, `${flags}s`)
}

function isInside(blocks: readonly string[], source: string): boolean {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list.check(source, isIP(source) === 6 ? 'ipv6' : 'ipv4')
}
