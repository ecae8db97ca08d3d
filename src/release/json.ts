/** JSON without `undefined`: a field that is not known is `null`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json }

export function maybe<T>(value: T | undefined, write: (value: T) => Json): Json {
  return value === undefined ? null : write(value)
}

export function known(value: Json | undefined): Json {
  return value ?? null
}

/** `null` if the time is not known, or if no date can express it. */
export function time(at: number | undefined): Json {
  if (at === undefined) return null
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
