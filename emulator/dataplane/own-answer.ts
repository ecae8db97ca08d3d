import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { OwnAnswer, Redirect } from '../elbv2/own-answers.ts'
import type { Asked } from './conditions.ts'

/** The load balancer's own answer where no target can give one. */
export function answerFailure(outgoing: ServerResponse, status: 502 | 503 | 504): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy()
    return
  }
  answerPage(outgoing, status, {})
}

/** What an action says without any target. `port` is the listener's. */
export function answerItself(
  outgoing: ServerResponse,
  answer: OwnAnswer,
  asked: Asked,
  port: number
): void {
  if (answer.type === 'redirect') {
    const location = locationOf(answer, asked, port)
    answerPage(outgoing, answer.statusCode === 'HTTP_301' ? 301 : 302, { location })
    return
  }
  const { statusCode, contentType = 'text/plain', messageBody = '' } = answer
  outgoing.writeHead(Number(statusCode), {
    server: 'awselb/2.0',
    'content-type': `${contentType}; charset=utf-8`,
    'content-length': Buffer.byteLength(messageBody)
  })
  outgoing.end(messageBody)
}

/** API reference, RedirectActionConfig: keywords stand for what was asked; `#{path}` has no leading slash. */
function locationOf(redirect: Redirect, asked: Asked, port: number): string {
  const known: Readonly<Record<string, string>> = {
    protocol: 'http',
    host: asked.host,
    port: String(port),
    path: asked.path.slice(1),
    query: asked.query
  }
  const filled = (part: string): string =>
    part.replace(/#\{(\w+)\}/g, (keyword, name: string) => known[name] ?? keyword)
  const { protocol, host, path, query } = redirect
  const address = `${filled(protocol).toLowerCase()}://${filled(host)}:${filled(redirect.port)}`
  const question = filled(query)
  return `${address}${filled(path)}${question === '' ? '' : `?${question}`}`
}

function answerPage(
  outgoing: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>
): void {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`
  outgoing.writeHead(status, { server: 'awselb/2.0', 'content-type': 'text/html', ...headers })
  outgoing.end(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`)
}
