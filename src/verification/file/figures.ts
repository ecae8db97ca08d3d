import type { Members } from '../../documents/members.ts'
import { say } from '../../words/say.ts'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 }

/** For messages: what a duration looks like. */
export function aDuration(): string {
  return say`a duration such as 500 ms, 2 s or 1 min`
}

/** Returns the milliseconds in `500 ms`, `2 s` or `1.5 min`; undefined for anything else, including a number without a unit. */
export function readDuration(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  const [, figure, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|min)$/.exec(text.trim()) ?? []
  const factor = UNITS[unit]
  return figure === undefined || factor === undefined ? undefined : Number(figure) * factor
}

/** Returns a share such as `1 %` as 0.01; undefined for anything else. */
export function shareIn(value: unknown): number | undefined {
  const [, figure] =
    typeof value === 'string' ? (/^(\d{1,3}(?:\.\d{1,4})?)\s*%$/.exec(value.trim()) ?? []) : []
  const share = figure === undefined ? undefined : Number((Number(figure) / 100).toPrecision(12))
  return share !== undefined && share <= 1 ? share : undefined
}

/** Returns the share of a member; undefined if it is absent, or if it is wrong and the problem has been noted. */
export function readShare(section: Members, name: string): number | undefined {
  const value = section.value(name)
  if (value === undefined) return undefined
  return shareIn(value) ?? section.refuse(name, say`wanted a share such as 1 % or 0.5 %`)
}
