import type { EventPattern } from './pattern.ts'

/**
 * A rule on the default bus: by schedule, by pattern, or by both, which triggers it at either
 * (EventBridge API reference, PutRule). Its targets are functions, by name or ARN.
 */
export type Rule = { readonly name: string; readonly targets: readonly string[] } & (
  | { readonly schedule: string; readonly pattern?: EventPattern | undefined }
  | { readonly schedule?: undefined; readonly pattern: EventPattern }
)

const MINUTE_MS = 60_000
const UNITS_MS: Readonly<Record<string, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS
}

/** Milliseconds between two events of `rate(1 minute)`; throws TypeError for what is no rate. */
export function periodOf(schedule: string): number {
  const [, count = '', unit = '', plural = ''] =
    /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(schedule) ?? []
  // EventBridge insists on the right number of the noun.
  if (Number(count) < 1 || (Number(count) === 1) === (plural === 's')) {
    throw new TypeError(`not a rate: ${schedule}; rate(1 minute), rate(5 minutes), rate(1 hour)`)
  }
  return Number(count) * (UNITS_MS[unit] ?? Number.NaN)
}
