/** How the demo writes to a terminal: colours only where they show. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly cyan: (text: string) => string
}

export function styleFor(colours: boolean): Style {
  const sgr =
    (code: number, end: number) =>
    (text: string): string =>
      colours ? `\u001b[${code}m${text}\u001b[${end}m` : text
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    yellow: sgr(33, 39),
    green: sgr(32, 39),
    cyan: sgr(36, 39)
  }
}

/** For people at a terminal who have not said no (https://no-color.org). */
export function showsColours(
  { isTTY }: { readonly isTTY?: boolean },
  { NO_COLOR: refused = '', TERM: kind }: Readonly<Record<string, string | undefined>>
): boolean {
  return isTTY === true && refused === '' && kind !== 'dumb'
}

/** Rows as lines, every column as wide as its widest cell; numbers end at one place, words begin there. */
export function columns(rows: readonly (readonly string[])[], numbersFrom = Infinity): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell))
    })
  }
  const padded = (cell: string, column: number): string => {
    const blank = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
    return column < numbersFrom ? cell + blank : blank + cell
  }
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}

/** How many columns of a terminal a text takes: an emoji takes two. */
function widthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].reduce(
    (width, { segment }) => width + (/\p{Emoji_Presentation}/u.test(segment) ? 2 : 1),
    0
  )
}
