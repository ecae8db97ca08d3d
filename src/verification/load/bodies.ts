import { isMapping } from '../../documents/mapping.ts'

/**
 * Keeps one of autocannon's clients from collecting the body of an answer: it
 * appends every piece to a string (lib/pipelinedRequestsQueue.js), for options
 * that we do not use, and nothing bounds that string. A green that never stops
 * writing would take all memory, or end the process with a RangeError that nobody
 * can catch. Where that place is not as in 9.0.0 nothing must be sent: throws.
 */
export function dropBodies(client: object): void {
  const queue = 'pipelinedRequests' in client ? client.pipelinedRequests : undefined
  if (!isMapping(queue) || typeof queue['addBody'] !== 'function') {
    throw new Error(
      'this autocannon keeps bodies elsewhere than 9.0.0; without a bound on them nothing is sent'
    )
  }
  Object.assign(queue, { addBody: () => undefined })
}
