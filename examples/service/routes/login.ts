import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { membersOf, parseJson } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import type { Call, Routes } from '../http/routes.ts'
import type { Settings } from '../settings.ts'
import type { SessionStore } from '../storage/stores.ts'

export function loginRoutes(
  sessions: SessionStore,
  { user, password }: Pick<Settings, 'user' | 'password'>
): Routes {
  return {
    'POST /login': async (call) => {
      const given = readCredentials(await call.body())
      // Both are compared, so that the time taken does not tell which of them was wrong.
      const right = [equal(given.user, user), equal(given.password, password)]
      if (right.includes(false)) throw new Refusal(401, 'user or password is wrong')
      const token = randomBytes(24).toString('base64url')
      await sessions.keep(token, user)
      return { status: 200, content: { token } }
    }
  }
}

/** The user who logged in with the token of this call. */
export async function userOf(call: Call, sessions: SessionStore): Promise<string> {
  const token = /^Bearer ([\w-]{1,64})$/i.exec(call.headers.authorization ?? '')?.[1]
  const user = token === undefined ? undefined : await sessions.userOf(token)
  if (user === undefined) {
    throw new Refusal(401, 'this needs "Authorization: Bearer" with a token of POST /login')
  }
  return user
}

function readCredentials(text: string): { user: string; password: string } {
  const shape = 'a login is {"user": text, "password": text}'
  const { user, password } = membersOf(parseJson(text), ['user', 'password'], shape)
  if (typeof user !== 'string' || typeof password !== 'string') throw new Refusal(400, shape)
  return { user, password }
}

/** In a time that does not depend on where they differ. */
function equal(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
