/**
 * Remembers what `load` gave for `ms` milliseconds of the clock. A failure is not
 * remembered, and those who ask while it loads wait for the same answer.
 */
export function cached<T>(load: () => Promise<T>, ms: number, now: () => number): () => Promise<T> {
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

/** Works out what a text says, and remembers it for as long as the text is the same. */
export function memoizeLast<T>(read: (text: string) => Promise<T>): (text: string) => Promise<T> {
  let last: { readonly text: string; readonly value: Promise<T> } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, value: read(text) }
    return last.value
  }
}
