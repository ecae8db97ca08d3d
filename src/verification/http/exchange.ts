import type { ClientRequest, IncomingMessage } from 'node:http'

export interface ExchangeLimits {
  /** For the whole of it, from connecting to the last byte that is read. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** The exchange was not over in time. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

/** The connection ended without an answer, and without an error. */
export class Closed extends Error {
  override readonly name = 'Closed'
  readonly code = 'CLOSED'
}

/** The signal came first. Name and code are those that Node gives to it. */
export class Interrupted extends Error {
  override readonly name = 'AbortError'
  readonly code = 'ABORT_ERR'
}

/**
 * One exchange over HTTP: waits for the response to a request and hands it to
 * `read`. It settles on every ending there is, and its timer keeps the process
 * alive until then. Of several endings Node tells by `close` alone, without an
 * error and without a response: an answer that switches to another protocol and
 * a tunnel that is opened (Node.js, http, "Event: 'upgrade'" and "Event:
 * 'connect'": without a listener the connection is closed), and a request that
 * has been destroyed already.
 *
 * @throws TimedOut, Interrupted, Closed, what `read` throws, and the errors of
 * the connection. The request is destroyed then.
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
    // Only the first of all endings counts: a promise settles once.
    const fail = (error: Error): void => {
      release()
      reject(error)
      request.destroy()
    }
    const close = (): void => fail(new Closed('the connection was closed without an answer'))
    // A request that has been destroyed may go on to fail: somebody has to listen.
    request.on('error', fail)
    request.once('close', close)
    request.once('response', (response) => {
      // From here on the response tells every ending; a request closes before its answer is read.
      request.removeListener('close', close)
      // An async function: a reader that throws at once rejects.
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
  /** There is more of it than `longest`; the connection has been closed. */
  readonly cutOff: boolean
}

/**
 * Reads a body, of at most `longest` bytes, to its end or to the end of its
 * connection; it settles on each of them.
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
