import { createServer, type RequestListener } from 'node:http'

/** A server on 127.0.0.1 that hands each request on with its number, from 1. */
export interface TestServer {
  readonly url: URL
  /** How many requests have come in. */
  readonly served: () => number
  readonly close: () => Promise<void>
}

export async function serve(
  handle: (...given: [...Parameters<RequestListener>, number]) => void
): Promise<TestServer> {
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    handle(request, response, count)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: new URL(`http://127.0.0.1:${address.port}/`),
    served: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
