import { isMapping } from '../../documents/mapping.ts'
import { say } from '../../words/say.ts'

/**
 * The most characters of a status, header or chunk-size line. Node's own limit for all
 * headers is 16 KiB.
 */
const LONGEST_LINE = 64 * 1024

/**
 * Keeps one of autocannon's clients from collecting what an answer sends. The client appends
 * every piece of a body to a string (lib/pipelinedRequestsQueue.js), for options that are
 * not used here, and its parser collects a line until it ends; neither has a limit. If green
 * never stopped writing, it would take all memory, or end the process with a RangeError that
 * cannot be caught.
 *
 * @throws Error if the client differs from that of 9.0.0; nothing must be sent then.
 */
export function boundAnswers(client: object): void {
  const { pipelinedRequests: queue, parser } = client as Readonly<Record<string, unknown>>
  if (!isMapping(queue) || typeof queue['addBody'] !== 'function') throw unknownShape()
  const { addByteCount } = queue
  if (typeof addByteCount !== 'function' || !hasLine(parser)) throw unknownShape()
  Object.assign(queue, {
    addBody: () => undefined,
    // The client calls this with every piece before it calls the parser.
    addByteCount: (length: number) => {
      Reflect.apply(addByteCount, queue, [length])
      if (parser.line.length <= LONGEST_LINE) return
      parser.line = ''
      const { conn } = client as { readonly conn?: { destroy(error: Error): void } }
      conn?.destroy(new Error(say`a line of the answer does not end`))
    }
  })
}

function hasLine(parser: unknown): parser is { line: string } {
  return typeof parser === 'object' && parser !== null && 'line' in parser && parser.line === ''
}

function unknownShape(): Error {
  return new Error(
    say`this autocannon keeps answers elsewhere than 9.0.0; without a bound on them nothing is sent`
  )
}
