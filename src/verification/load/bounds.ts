import { isMapping } from '../../documents/mapping.ts'

/** Of a status, header or chunk-size line, in characters; Node's own limit for all headers is 16 KiB. */
const LONGEST_LINE = 64 * 1024

/**
 * Keeps one of autocannon's clients from collecting what an answer sends. It
 * appends every piece of a body to a string (lib/pipelinedRequestsQueue.js), for
 * options that we do not use, and its parser every piece of a line that does not
 * end; nothing bounds either. A green that never stops writing would take all
 * memory, or end the process with a RangeError that nobody can catch. Where
 * these places are not as in 9.0.0 nothing must be sent: throws.
 */
export function boundAnswers(client: object): void {
  const { pipelinedRequests: queue, parser } = client as Readonly<Record<string, unknown>>
  if (!isMapping(queue) || typeof queue['addBody'] !== 'function') throw unknownShape()
  const { addByteCount } = queue
  if (typeof addByteCount !== 'function' || !hasLine(parser)) throw unknownShape()
  Object.assign(queue, {
    addBody: () => undefined,
    // Told of every piece before the parser is.
    addByteCount: (length: number) => {
      Reflect.apply(addByteCount, queue, [length])
      if (parser.line.length <= LONGEST_LINE) return
      parser.line = ''
      const { conn } = client as { readonly conn?: { destroy(error: Error): void } }
      conn?.destroy(new Error('a line of the answer does not end'))
    }
  })
}

function hasLine(parser: unknown): parser is { line: string } {
  return typeof parser === 'object' && parser !== null && 'line' in parser && parser.line === ''
}

function unknownShape(): Error {
  return new Error(
    'this autocannon keeps answers elsewhere than 9.0.0; without a bound on them nothing is sent'
  )
}
