import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** What one of the people does, from request to answer. */
export type Act = (person: number) => Promise<void>

/** Everybody once within so many milliseconds; whose moment comes first is told so. Milliseconds by person. */
export function crowd(
  people: number,
  withinMs: number,
  act: (person: number, first: boolean) => Promise<void>
): Promise<number[]> {
  const moments = Array.from({ length: people }, () => Math.random() * withinMs)
  const first = moments.indexOf(Math.min(...moments))
  return Promise.all(
    moments.map(async (ms, person) => {
      await pause(ms)
      return timed(() => act(person, person === first))
    })
  )
}

/** Everybody at once, so many times over. */
export async function instants(people: number, times: number, act: Act): Promise<number[]> {
  const taken: number[] = []
  for (let count = 0; count < times; count++)
    taken.push(...(await Promise.all(everybody(people, (person) => timed(() => act(person))))))
  return taken
}

/** Starts an environment for everybody, a few at a time: that many cold ones on so few cores would time out. */
export async function start(people: number, act: Act): Promise<void> {
  for (let many = 1; many < people + 4; many += 4)
    await Promise.all(everybody(Math.min(many, people), act))
}

function everybody<T>(people: number, act: (person: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: people }, (_, person) => act(person))
}

/** Milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Of any numbers. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? NaN
}

const agent = new Agent({ keepAlive: true })

/**
 * With less work of its own than `fetch`: it shares the cores with what is measured.
 * Errors: an answer that is not 200.
 */
export function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string
): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`${url} answered ${String(answer.statusCode)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
