const LONGEST = 64

/** The version that a header names: at most 64 printable ASCII characters; `unknown` where it names none. */
export function versionIn(header: string | readonly string[] | undefined): string {
  const text = typeof header === 'string' ? header : (header?.join(', ') ?? '')
  return (
    text
      .replace(/[^\x20-\x7e]/g, '')
      .trim()
      .slice(0, LONGEST) || 'unknown'
  )
}

/** Blue, green and a few more; what answers every request with a new name must not fill the memory. */
const MOST = 20

/** The first 20 versions keep their names, every further one is `other`. */
export class Versions {
  readonly #known = new Set<string>()

  named(version: string): string {
    if (this.#known.has(version)) return version
    if (this.#known.size >= MOST) return 'other'
    this.#known.add(version)
    return version
  }
}
