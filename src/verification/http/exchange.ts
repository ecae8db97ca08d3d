import type { ClientRequest, IncomingMessage } from 'node:http'

export interface ExchangeLimits {
  /** For the whole exchange, from connecting to the last byte that is read. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** The exchange did not end in time. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

/** The connection ended without an answer, and without an error. */
export class Closed extends Error {
  override readonly name = 'Closed'
  readonly code = 'CLOSED'
}

/**
 * The signal was aborted before the exchange ended. Name and code are those that Node uses
 * for this.
 */
export class Interrupted extends Error {
  override readonly name = 'AbortError'
  readonly code = 'ABORT_ERR'
}

/**
 * One exchange over HTTP: waits for the response to a request and passes it to `read`. The
 * promise always settles, and its timer keeps the process alive until then. Node reports
 * some endings only by `close`, without an error or a response: an answer that switches to
 * another protocol and a tunnel that is opened (Node.js, http, "Event: 'upgrade'" and
 * "Event: 'connect'": without a listener the connection is closed), and a request that has
 * been destroyed already.
 *
 * @throws TimedOut, Interrupted, Closed, what `read` throws, and the errors of the
 * connection. The request is then destroyed.
 */
export function exchange<T>(
  request: ClientRequest,
  { timeoutMs, signal }: ExchangeLimits,
  read: (response: IncomingMessage) => Promise<T>
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(new TimedOut(`no whole answer within ${timeoutMs} ms`)),
      timeoutMs
    )
    const interrupt = (): void => fail(new Interrupted('the request was aborted'))
    const release = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', interrupt)
    }
    // A promise settles once, so only the first ending counts.
    const fail = (error: Error): void => {
      release()
      reject(error)
      request.destroy()
    }
    const close = (): void => fail(new Closed('the connection was closed without an answer'))
    // A destroyed request may still emit an error, which would end the process if nobody listened.
    request.on('error', fail)
    request.once('close', close)
    request.once('response', (response) => {
      // From here on the response reports every ending. The request may emit `close` before its
      // answer has been read.
      request.removeListener('close', close)
      // The async function turns an error that `read` throws at once into a rejection.
      const reading = (async () => read(response))()
      reading.then((value) => {
        release()
        resolve(value)
      }, fail)
    })
    if (signal?.aborted) interrupt()
    else signal?.addEventListener('abort', interrupt, { once: true })
    if (request.closed) close()
  })
}

export interface Body {
  readonly bytes: Buffer
  /** The body is longer than `longest`, so the connection has been closed. */
  readonly cutOff: boolean
}

/**
 * Reads at most `longest` bytes of a body. The promise settles at the end of the body or of
 * its connection.
 *
 * @throws Closed, and the errors of the connection.
 */
export function bodyOf(response: IncomingMessage, longest: number): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      const left = longest - size
      size += chunk.length
      if (left > 0) chunks.push(chunk.length > left ? chunk.subarray(0, left) : chunk)
      if (size <= longest) return
      resolve({ bytes: Buffer.concat(chunks), cutOff: true })
      response.destroy()
    })
    response.on('end', () => resolve({ bytes: Buffer.concat(chunks), cutOff: false }))
    response.on('error', reject)
    response.on('close', () => reject(new Closed('the connection was closed amid the answer')))
  })
}
