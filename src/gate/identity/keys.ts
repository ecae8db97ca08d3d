import { isList, isMapping } from '../../documents/mapping.ts'
import { transport } from '../slack/transport.ts'
import { say } from '../../words/say.ts'

/** How long a function waits for an issuer's keys: well below the time that a control plane and Slack wait. */
export const FETCH_WITHIN_MS = 3_000

/** Where an issuer publishes the keys of its tokens (GitHub, "OpenID Connect reference"). */
export function keysUrl(issuer: string): URL {
  return new URL(`${issuer}/.well-known/jwks`)
}

/** Says why the issuer's keys cannot be fetched from where the function runs; undefined if they can. Never throws. */
export type TryKeys = (issuer: string) => Promise<string | undefined>

export const tryKeys: TryKeys = async (issuer) => {
  const published = `${issuer}/.well-known/jwks`
  try {
    const signal = AbortSignal.timeout(FETCH_WITHIN_MS)
    const answer = await transport(keysUrl(issuer), { signal })
    if (!answer.ok) return say`${published} answers ${answer.status}`
    const body: unknown = await answer.json()
    const hasKeys = isMapping(body) && isList(body['keys'])
    return hasKeys ? undefined : say`${published} answers without keys`
  } catch (error) {
    return `${published}: ${reasonOf(error)}`
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return say`no answer within ${FETCH_WITHIN_MS / 1000} s`
  }
  // An error of Node's sockets may have a code and no message (several addresses tried).
  return error.message || String(Reflect.get(error, 'code') ?? error.name)
}
