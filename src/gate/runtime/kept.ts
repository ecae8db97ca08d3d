/**
 * Remembers what `load` gave for `ms` milliseconds of the clock. A failure is not
 * remembered, and those who ask while it loads wait for the same answer.
 */
export function kept<T>(load: () => Promise<T>, ms: number, now: () => number): () => Promise<T> {
  let last: { readonly value: Promise<T>; readonly until: number } | undefined
  return () => {
    if (last && now() < last.until) return last.value
    const value = load()
    const mine = { value, until: now() + ms }
    last = mine
    value.catch(() => {
      if (last === mine) last = undefined
    })
    return value
  }
}
