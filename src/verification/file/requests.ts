import { isMapping } from '../../documents/mapping.ts'
import type { Members } from '../../documents/members.ts'
import { durationOf, readExpectation } from './conditions.ts'
import { problemOfPath } from './json-path.ts'
import type { RequestSpec, Saving, StepSpec } from './model.ts'
import { namesIn, withoutPlaces } from './templates.ts'
import { say } from '../../words/say.ts'

/** What a file declares, so that its requests may use it. */
export interface Declared {
  readonly env: readonly string[]
  readonly allow: readonly string[]
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const VARIABLE = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const TIMEOUT_MS = 10_000
const LONGEST_TIMEOUT_MS = 120_000
const MOST_RETRIES = 20

/** Undefined if something is wrong; the problem has then been noted. */
export async function readRequest(
  members: Members,
  declared: Declared,
  known: readonly string[]
): Promise<RequestSpec | undefined> {
  const method = members.oneOf('method', METHODS) ?? 'GET'
  const address = readAddress(members, declared)
  const { body, isJson } = readBody(members)
  const headers = { ...(isJson && { 'content-type': 'application/json' }), ...readHeaders(members) }
  const expect = await readExpectation(members)
  const retries = members.wholeNumber('retries', 0, MOST_RETRIES) ?? 0
  const timeoutMs = durationOf(members, 'timeout') ?? TIMEOUT_MS
  if (timeoutMs > LONGEST_TIMEOUT_MS) {
    members.refuse('timeout', say`wanted at most ${LONGEST_TIMEOUT_MS / 1000} s`)
  }
  const name = members.text('name')
  for (const text of [address ?? '', body ?? '', ...Object.values(headers)]) {
    complainOfNames(members, text, declared, known)
  }
  if (address === undefined) return undefined
  return {
    name: name ?? `${method} ${address}`,
    method,
    address,
    headers,
    body,
    expect,
    retries,
    timeoutMs
  }
}

/** Reads a step. It may save values for the steps after it, and adds their names to `known`. */
export async function readStep(
  members: Members,
  declared: Declared,
  known: string[]
): Promise<StepSpec | undefined> {
  const request = await readRequest(members, declared, known)
  const save = await readSavings(members)
  known.push(...save.map(({ variable }) => variable))
  members.refuseOthers()
  return request && { ...request, save }
}

function readAddress(members: Members, { allow }: Declared): string | undefined {
  const path = members.text('path')
  const url = members.text('url')
  if ((path === undefined) === (url === undefined)) {
    return members.has('path') && members.has('url')
      ? members.refuse('path', say`and url cannot both be there`)
      : members.refuse('path', say`is missing; wanted a path on the target, or url`)
  }
  if (path !== undefined) {
    return path.startsWith('/') && !path.startsWith('//') && !/[\s\\#]/.test(withoutPlaces(path))
      ? path
      : members.refuse(
          'path',
          say`found ${JSON.stringify(path)}, wanted a path that starts with one /`
        )
  }
  const origin = originOf(url ?? '')
  if (origin === undefined) {
    return members.refuse('url', say`found ${JSON.stringify(url)}, wanted an http or https URL`)
  }
  return allow.includes(origin)
    ? url
    : members.refuse('url', say`goes to ${origin}, which target.allow does not list`)
}

/**
 * The origin (`https://host[:port]`) of an http or https URL without credentials; undefined
 * for any other text.
 */
export function originOf(text: string): string | undefined {
  // The authority must not contain a `{{...}}`, because its value could lead the request anywhere.
  if (!/^https?:\/\/[^/?#{}\s\\]+([/?]|$)/.test(text) || !URL.canParse(text)) return undefined
  const { origin, username, password } = new URL(text)
  return username === '' && password === '' ? origin : undefined
}

function readHeaders(members: Members): Record<string, string> {
  const headers = members.mapping('headers')
  const found: Record<string, string> = {}
  for (const name of headers?.keys() ?? []) {
    const value = headers?.value(name)
    const lower = name.toLowerCase()
    if (typeof value !== 'string' || /[\r\n\0]/.test(value)) {
      headers?.refuse(name, say`wanted a text in one line`)
    } else if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || FRAMING.has(lower)) {
      headers?.refuse(name, say`is no header that a request may set`)
    } else {
      found[lower] = value
    }
  }
  return found
}

/** These headers belong to the connection, not to the request. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade'
])

/** A text is sent as it is, a mapping or a list as JSON. */
function readBody(members: Members): { body: string | undefined; isJson: boolean } {
  const value = members.value('body')
  if (value === undefined || typeof value === 'string') return { body: value, isJson: false }
  if (isMapping(value) || Array.isArray(value)) return { body: JSON.stringify(value), isJson: true }
  members.refuse('body', say`wanted a text, or a mapping or list to be sent as JSON`)
  return { body: undefined, isJson: false }
}

async function readSavings(members: Members): Promise<Saving[]> {
  const value = members.value('save')
  if (value === undefined) return []
  if (!isMapping(value)) {
    members.refuse('save', say`wanted a mapping of names to JSON paths, or to header:NAME`)
    return []
  }
  const savings: Saving[] = []
  for (const [variable, from] of Object.entries(value)) {
    const source = typeof from === 'string' ? await sourceOf(from) : noSource()
    if (!VARIABLE.test(variable) || variable === 'env') {
      members.refuse(`save.${variable}`, say`wanted a name of letters, digits, _ and -`)
    } else if (typeof source === 'string') {
      members.refuse(`save.${variable}`, source)
    } else {
      savings.push({ variable, from: source })
    }
  }
  return savings
}

function noSource(): string {
  return say`wanted a JSON path such as $.id, or header:NAME`
}

/** Where a value is taken from, or a text that says what is wrong with it. */
async function sourceOf(text: string): Promise<Saving['from'] | string> {
  const [, name] = /^header:\s*([\w-]+)$/.exec(text) ?? []
  if (name !== undefined) return { kind: 'header', name: name.toLowerCase() }
  if (!text.trimStart().startsWith('$')) return noSource()
  return (await problemOfPath(text)) ?? { kind: 'json', path: text }
}

function complainOfNames(
  members: Members,
  text: string,
  { env }: Declared,
  known: readonly string[]
): void {
  for (const name of namesIn(text)) {
    const [, variable] = /^env\.(.+)$/.exec(name) ?? []
    if (variable !== undefined && !env.includes(variable)) {
      members.refuse(`{{${name}}}`, say`is not listed in env; add ${variable} to it`)
    } else if (variable === undefined && !known.includes(name)) {
      members.refuse(`{{${name}}}`, say`is saved by no step before this one`)
    }
  }
}
