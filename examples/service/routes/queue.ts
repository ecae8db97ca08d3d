import { randomBytes } from 'node:crypto'
import { membersOf, parseJson } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import type { Call, Routes } from '../http/routes.ts'
import type { QueueStore } from '../storage/stores.ts'

export function queueRoutes(queue: QueueStore): Routes {
  return {
    'POST /queue': async (call) => {
      const text = await call.body()
      if (text !== '') membersOf(parseJson(text), [], 'the queue needs no body')
      const token = randomBytes(24).toString('base64url')
      return { status: 201, content: { token, position: await queue.join(token) } }
    }
  }
}

/** Lets a call pass once per token. With `reused` a token is looked at and not spent. */
export async function admit(
  call: Call,
  queue: QueueStore,
  { reused }: { readonly reused: boolean }
): Promise<void> {
  const token = call.headers['x-queue-token']
  if (typeof token !== 'string') {
    throw new Refusal(403, 'ordering needs "x-queue-token" with a token of POST /queue')
  }
  const admitted = await (reused ? queue.has(token) : queue.spend(token))
  if (!admitted) throw new Refusal(403, 'this queue token is unknown, too old or used')
}
