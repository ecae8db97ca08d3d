import { subscribe } from 'node:diagnostics_channel'
import { setImmediate as nextTurn } from 'node:timers/promises'

let requests = 0
const count = (by: number) => (): void => {
  requests += by
}
subscribe('http.client.request.start', count(1))
subscribe('http.client.response.finish', count(-1))
subscribe('http.client.request.error', count(-1))

/** What Node's thread pool works on, as `process.getActiveResourcesInfo` names it. */
const AT_WORK = /^(FSReq|GetAddrInfoReq|Zlib|.*Job)/

function poolIsAtWork(): boolean {
  return process.getActiveResourcesInfo().some((name) => AT_WORK.test(name))
}

/** Event loop turns in which an answer that has arrived is read and acted on. */
const TURNS = 12

/**
 * Resolves when this process waits for nothing but time: no request of its own is on its
 * way and no file is being read. A machine under load takes seconds for either, and a
 * virtual clock that went on meanwhile would have a release be late by hours.
 * @param patienceMs real milliseconds after which it resolves all the same
 */
export async function quiet(patienceMs = Infinity): Promise<void> {
  const since = performance.now()
  for (let turns = 0; turns < TURNS && performance.now() - since < patienceMs; turns++) {
    await nextTurn()
    // The list has every timer of the process in it, so it is asked for last.
    if (requests > 0 || (turns === TURNS - 1 && poolIsAtWork())) turns = 0
  }
}
