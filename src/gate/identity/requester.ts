import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose'
import { throughProxy } from '../../aws/proxy.ts'
import type { RequesterFacts } from '../../ledger/gate-facts.ts'
import type { FindRequester } from '../request/facts.ts'
import { transport } from '../slack/transport.ts'
import { FETCH_WITHIN_MS, keysUrl } from './keys.ts'
import { verifyToken } from './token.ts'

const REFETCH_AFTER_MS = 30_000

/**
 * Tells who asked for a release: the login in GitHub's token, and the logins
 * that the record names (who started the run, and who re-ran it), mapped to
 * Slack users. A record can only add to who is excluded, never take away.
 */
export function requesterFinder(
  keysOf: (issuer: string) => JWTVerifyGetKey = remoteKeys()
): FindRequester {
  return async (claim, { github }) => {
    const testimony = await verifyToken(claim, github, keysOf(github.issuer))
    const verified = 'actor' in testimony
    const named = verified ? [testimony.actor, ...claim.actors] : claim.actors
    const logins = [...new Map(named.map((login) => [login.toLowerCase(), login])).values()]
    return {
      verified,
      why: verified ? undefined : testimony.fault,
      logins,
      ...identify(logins, github.identities)
    }
  }
}

function identify(
  logins: readonly string[],
  identities: Readonly<Record<string, string>>
): Pick<RequesterFacts, 'users' | 'unmapped'> {
  const users = logins.map((login) =>
    Object.hasOwn(identities, login.toLowerCase()) ? identities[login.toLowerCase()] : undefined
  )
  return {
    users: [...new Set(users.filter((user) => user !== undefined))],
    unmapped: logins.filter((_, index) => users[index] === undefined)
  }
}

/** GitHub's published keys, kept between invocations; asked again for a key that is new. */
function remoteKeys(): (issuer: string) => JWTVerifyGetKey {
  const known = new Map<string, JWTVerifyGetKey>()
  return (issuer) => {
    const keys =
      known.get(issuer) ??
      createRemoteJWKSet(keysUrl(issuer), {
        timeoutDuration: FETCH_WITHIN_MS,
        cooldownDuration: REFETCH_AFTER_MS,
        ...(throughProxy(process.env) && { [customFetch]: fetchThroughProxy })
      })
    known.set(issuer, keys)
    return keys
  }
}

/** Node's own `fetch` takes no agent, so it knows of no proxy. */
async function fetchThroughProxy(
  url: string,
  { headers, signal }: { readonly headers: Headers; readonly signal: AbortSignal }
): Promise<Response> {
  const answer = await transport(url, { headers: Object.fromEntries(headers), signal })
  return new Response(await answer.text(), { status: answer.status })
}
