import type { AddressInfo } from 'node:net'
import { createService } from '../../../examples/service/service.ts'
import { readSettings } from '../../../examples/service/settings.ts'
import { inProcessStores } from '../../../examples/service/storage/in-process.ts'
import type { Stores } from '../../../examples/service/storage/stores.ts'

export const TEA = { items: [{ name: 'tea', price: 350, quantity: 2 }] }

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly content: Record<string, unknown>
}

/** The service in this process, on a free port. */
export interface Stage {
  readonly url: string
  readonly stores: Stores
  /** How long it was asked to wait, instead of waiting. */
  readonly waits: readonly number[]
  /** What it could not answer. */
  readonly errors: readonly unknown[]
  call(request: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  close(): Promise<void>
}

export async function openStage(
  environment: Record<string, string> = {},
  stores = inProcessStores()
): Promise<Stage> {
  const waits: number[] = []
  const errors: unknown[] = []
  const service = createService({
    settings: readSettings(environment),
    stores,
    onError: (error) => errors.push(error),
    sleep: async (ms) => waits.push(ms)
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    stores,
    waits,
    errors,
    call: (request, body, headers) => call(url, request, body, headers),
    async close() {
      service.closeAllConnections()
      await new Promise((resolve) => service.close(resolve))
      await stores.close()
    }
  }
}

/** `call(base, 'POST /orders', TEA)`; a body that is text is sent as it is. */
export async function call(
  base: string,
  request: string,
  body?: unknown,
  headers: Record<string, string> = {}
): Promise<Reply> {
  const [method = '', path = ''] = request.split(' ')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${base}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: text })
  })
  return {
    status: answer.status,
    headers: answer.headers,
    content: (await answer.json()) as Record<string, unknown>
  }
}

/** The id of a new order. */
export async function order(stage: Stage): Promise<string> {
  const { content } = await stage.call('POST /orders', TEA)
  return String(content.id)
}

/** The header of somebody who has logged in. */
export async function login(stage: Stage): Promise<{ authorization: string }> {
  const { content } = await stage.call('POST /login', { user: 'minji', password: 'tea-time' })
  return { authorization: `Bearer ${String(content.token)}` }
}
