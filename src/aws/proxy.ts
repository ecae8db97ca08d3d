import { isIP } from 'node:net'
import { ProblemsError } from '../documents/problems.ts'
import { say } from '../words/say.ts'

/** Environment variables of a job or a function. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The option of Node's agents that sends their requests through a proxy (Node.js, "Built-in Proxy Support"). */
export interface ThroughProxy {
  readonly proxyEnv: {
    readonly HTTP_PROXY?: string
    readonly HTTPS_PROXY?: string
    readonly NO_PROXY: string
  }
}

/**
 * The agent option for the proxies that the environment names; undefined if it names none. It means what the
 * runner and GitHub's toolkit make of these variables (@actions/http-client): the lower-case form wins, a
 * proxy without a scheme is asked over HTTP, a name in NO_PROXY stands for the names below it too, and
 * loopback is never asked for through a proxy. Node's own reading differs in each of these.
 *
 * @throws ProblemsError if a variable names no proxy that Node can use: Node would go past it without a word.
 */
export function throughProxy(env: Variables): ThroughProxy | undefined {
  const problems: string[] = []
  const http = proxyIn(env, 'HTTP_PROXY', problems)
  const https = proxyIn(env, 'HTTPS_PROXY', problems)
  if (problems.length > 0) throw new ProblemsError(problems)
  if (http === undefined && https === undefined) return undefined
  const [, exempt = ''] = either(env, 'NO_PROXY') ?? []
  return {
    proxyEnv: {
      ...(http !== undefined && { HTTP_PROXY: http }),
      ...(https !== undefined && { HTTPS_PROXY: https }),
      NO_PROXY: [...LOOPBACK, ...exempt.split(/[\s,]+/).flatMap(exemptions)].join(',')
    }
  }
}

const LOOPBACK = ['localhost', '.localhost', '127.0.0.0-127.255.255.255', '::1', '[::1]']

/** The name of the variable that is set, and its text. */
function either(env: Variables, name: string): readonly [string, string] | undefined {
  for (const each of [name.toLowerCase(), name]) {
    const text = env[each]?.trim() ?? ''
    if (text !== '') return [each, text]
  }
  return undefined
}

function proxyIn(env: Variables, name: string, problems: string[]): string | undefined {
  const [found, text] = either(env, name) ?? []
  if (found === undefined || text === undefined) return undefined
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.parse(address)
  if (url?.hostname && (url.protocol === 'http:' || url.protocol === 'https:')) return address
  // The text may hold a password, so only its scheme is shown.
  const shown =
    url === null || !url.hostname
      ? say`no address`
      : say`a proxy that speaks ${url.protocol.slice(0, -1)}`
  problems.push(
    say`${found} names ${shown}; wanted http://host:port or https://host:port, with user:password@ before the host where the proxy asks for it`
  )
  return undefined
}

/** `example.com` exempts what ends in `.example.com` too; Node wants that written out. */
function exemptions(entry: string): readonly string[] {
  if (entry === '') return []
  const name = entry.toLowerCase()
  const isWhole =
    name === '*' || name.startsWith('.') || name.startsWith('*.') || name.includes(':')
  return isWhole || isIP(name) !== 0 || /^[\d.]+-[\d.]+$/.test(name) ? [name] : [name, `.${name}`]
}
