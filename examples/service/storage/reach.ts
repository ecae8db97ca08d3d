import { setTimeout as sleep } from 'node:timers/promises'
import { MissingPackage } from './package.ts'
import type { Part, Stores } from './stores.ts'

interface Patience {
  readonly patienceMs: number
  readonly againMs: number
}

/** A task that cannot reach its storage for this long should be replaced, not wait. */
export const USUAL: Patience = { patienceMs: 10_000, againMs: 500 }

/** Opens a storage; an error says which. */
export async function open<Name extends keyof Stores>(
  name: string,
  opening: () => Promise<Part<Name>>
): Promise<Part<Name>> {
  try {
    return await opening()
  } catch (error) {
    throw new Error(`cannot use ${name}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Opens a storage, again and again for as long as the task is patient: a database may start
 * later than the task does. A package that is not installed will not be there later.
 */
export async function reach<Name extends keyof Stores>(
  name: string,
  opening: (name: string) => Promise<Part<Name>>,
  { patienceMs, againMs }: Patience = USUAL
): Promise<Part<Name>> {
  const giveUp = new AbortController()
  const { signal } = giveUp
  let last: unknown
  const trying = async (): Promise<Part<Name>> => {
    for (;;) {
      try {
        const part = await opening(name)
        if (!signal.aborted) return part
        await part.close()
      } catch (error) {
        if (error instanceof MissingPackage) throw error
        last = error
      }
      await sleep(againMs, undefined, { signal })
    }
  }
  return open(name, () =>
    Promise.race([
      trying(),
      sleep(patienceMs, undefined, { signal }).then(() => {
        const why = last === undefined ? '' : `: ${messageOf(last)}`
        throw new Error(`no answer within ${patienceMs / 1000} s${why}`)
      })
    ])
  ).finally(() => giveUp.abort())
}

/** Where a host has several addresses, the error of connecting to all has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join(', ')
  }
  return error instanceof Error ? error.message : String(error)
}
