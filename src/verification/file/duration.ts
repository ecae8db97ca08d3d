const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 }

/** What a duration looks like, for messages. */
export const DURATION = 'a duration such as 500 ms, 2 s or 1 min'

/** Milliseconds in `500 ms`, `2 s`, `1.5 min`; undefined for anything else. A bare number has no unit, so it is none. */
export function readDuration(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  const [, figure, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|min)$/.exec(text.trim()) ?? []
  const factor = UNITS[unit]
  return figure === undefined || factor === undefined ? undefined : Number(figure) * factor
}
