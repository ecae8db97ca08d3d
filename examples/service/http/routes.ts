import type { IncomingHttpHeaders } from 'node:http'

export interface Call {
  /** What stands for `:id` in the route's path. */
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly body: () => Promise<string>
}

export interface Answer {
  readonly status: number
  readonly content: unknown
}

export type Handler = (call: Call) => Answer | Promise<Answer>

/** By method and path: `GET /orders/:id`. */
export type Routes = Readonly<Record<string, Handler>>

export interface Match {
  readonly handler: Handler
  readonly id: string
}

/** Finds the handler of a call such as `GET /orders/order-1`. */
export function matcher(routes: Routes): (call: string) => Match | undefined {
  const patterns = Object.entries(routes).map(([route, handler]) => ({
    pattern: new RegExp(`^${route.replace(':id', '([\\w-]{1,64})')}$`),
    handler
  }))
  return (call) => {
    for (const { pattern, handler } of patterns) {
      const found = pattern.exec(call)
      if (found) return { handler, id: found[1] ?? '' }
    }
    return undefined
  }
}
