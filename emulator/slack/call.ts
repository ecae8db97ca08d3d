import type { IncomingMessage } from 'node:http'
import { isObject } from './body.ts'
import { fail, METHODS } from './web-api.ts'
import type { Answer, Arguments } from './web-api.ts'
import type { Workspace } from './workspace.ts'

/** What came with a call: its arguments without the token, and the token. */
export interface Given {
  readonly args: Arguments
  readonly token: string | undefined
  /** Slack's error where the body could not be read. */
  readonly error: string | undefined
}

/**
 * Arguments as JSON (with the token in the header only) or as a form (with the
 * token in it, or in the header), and in the query ("Using the Slack Web API").
 */
export function readCall(request: IncomingMessage, query: URLSearchParams, body: string): Given {
  const { authorization, 'content-type': type = '' } = request.headers
  const header = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : undefined
  const form = new URLSearchParams(type.startsWith('application/json') ? '' : body)
  for (const [name, value] of query) form.append(name, value)
  const token = form.get('token') ?? header
  form.delete('token')
  const args: Record<string, unknown> = Object.fromEntries(form)
  if (body !== '' && type === '') return { args, token, error: 'missing_post_type' }
  if (!type.startsWith('application/json')) return { args, token, error: undefined }
  try {
    const parsed: unknown = body === '' ? {} : JSON.parse(body)
    if (!isObject(parsed)) return { args, token: header, error: 'json_not_object' }
    const rest = Object.fromEntries(Object.entries(parsed).filter(([name]) => name !== 'token'))
    return { args: { ...args, ...rest }, token: header, error: undefined }
  } catch {
    return { args, token: header, error: 'invalid_json' }
  }
}

/** Slack's answer to a call; it refuses an unknown method before it looks who asks. */
export function answerCall(method: string, given: Given, workspace: Workspace): Answer {
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
  if (!run) return fail('unknown_method', { req_method: method })
  if (given.token === undefined || given.token === '') return fail('not_authed')
  if (given.token !== workspace.options.botToken) return fail('invalid_auth')
  return given.error === undefined ? run(given.args, workspace) : fail(given.error)
}
