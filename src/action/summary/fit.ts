import { say } from '../../words/say.ts'
import { unitsOf, writeSection, type Section } from './blocks.ts'

/** If a step's summary has more bytes than this, GitHub drops all of it. */
export const SUMMARY_LIMIT = 1_048_576

/**
 * Head and sections in at most `limit` bytes of UTF-8. If they are longer, the most
 * important sections are placed first; a section that does not fit is shortened, and one
 * that does not fit at all is named at the end.
 */
export function fit(head: string, sections: readonly Section[], limit: number): string {
  const whole = assemble(
    head,
    sections.map((section) => writeSection(section, unitsOf(section))),
    ''
  )
  if (bytes(whole) <= limit) return whole

  const room = new Map<Section, string>()
  let left = limit - bytes(assemble(head, [], notice(sections)))
  for (const section of [...sections].sort((a, b) => b.importance - a.importance)) {
    const written = shorten(section, left - bytes(GAP))
    if (written === undefined) continue
    room.set(section, written)
    left -= bytes(written) + bytes(GAP)
  }
  const kept = sections.flatMap((section) => room.get(section) ?? [])
  const missing = sections.filter((section) => !room.has(section))
  const fitted = assemble(head, kept, notice(missing))
  if (bytes(fitted) <= limit) return fitted
  // There is no room even for the names of the missing sections.
  return assemble(head, [], '')
}

export function bytes(content: string): number {
  return Buffer.byteLength(content, 'utf8')
}

const GAP = '\n\n'

/** The section with as many units as fit; undefined if not even one fits. */
function shorten(section: Section, limit: number): string | undefined {
  const units = unitsOf(section)
  const whole = writeSection(section, units)
  if (bytes(whole) <= limit) return whole
  if (units === 0 || bytes(writeSection(section, 1)) > limit) return undefined
  let fits = 1
  let tooMany = units
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2)
    if (bytes(writeSection(section, middle)) <= limit) fits = middle
    else tooMany = middle
  }
  return writeSection(section, fits)
}

function notice(missing: readonly Section[]): string {
  if (missing.length === 0) return ''
  const titles = missing.map((section) => section.title).join(', ')
  return `*${say`Left out for size: ${titles}. The JSON report has everything.`}*`
}

function assemble(head: string, sections: readonly string[], end: string): string {
  return `${[head, ...sections, end].filter((part) => part !== '').join(GAP)}\n`
}
