import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** What this process has asked for and has no answer to yet. */
const requests = new Set<ClientRequest>()
const requestOf = (message: unknown): ClientRequest =>
  (message as { readonly request: ClientRequest }).request
const ended = (message: unknown): void => void requests.delete(requestOf(message))
subscribe('http.client.request.start', (message) => void requests.add(requestOf(message)))
subscribe('http.client.response.finish', ended)
subscribe('http.client.request.error', ended)

/** What Node's thread pool works on, as `process.getActiveResourcesInfo` names it. */
const AT_WORK = /^(FSReq|GetAddrInfoReq|Zlib|.*Job)/

function poolIsAtWork(): boolean {
  return process.getActiveResourcesInfo().some((name) => AT_WORK.test(name))
}

export interface Patience {
  /** Real milliseconds after which time goes on all the same; without end unless given. */
  readonly patienceMs?: number | undefined
  /** The origin of a server that never answers, so that nobody waits for it. */
  readonly silent?: string | undefined
}

/** Event loop turns in which an answer that has arrived is read and acted on. */
const TURNS = 12

/**
 * Resolves when this process waits for nothing but time: no request of its own is on its
 * way and no file is being read. A machine under load takes seconds for either, and a
 * virtual clock that went on meanwhile would have a release be late by hours.
 * Errors: none.
 */
export async function quiet({ patienceMs = Infinity, silent }: Patience = {}): Promise<void> {
  const since = performance.now()
  const host = silent === undefined ? undefined : new URL(silent).host
  const isWaitedFor = (request: ClientRequest): boolean => request.getHeader('host') !== host
  for (let turns = 0; turns < TURNS && performance.now() - since < patienceMs; turns++) {
    await nextTurn()
    // The list has every timer of the process in it, so it is asked for last.
    if ([...requests].some(isWaitedFor) || (turns === TURNS - 1 && poolIsAtWork())) turns = 0
  }
}
