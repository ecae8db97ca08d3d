import { say } from '../../words/say.ts'

/** A bar shorter than this share of the whole would not be visible. */
const THINNEST = 1 / 150
/** With more bars than this the diagram could not be read. */
const MOST_TASKS = 60

/** Times are milliseconds since the epoch; `to` is not before `from`. */
export interface Task {
  readonly name: string
  readonly tag: 'done' | 'active' | 'crit'
  readonly from: number
  readonly to: number
}

export interface Group {
  readonly name: string
  readonly tasks: readonly Task[]
}

export interface Look {
  /**
   * Tasks that do not overlap share a row, and the picture has one width, which a phone shows
   * smaller: else Mermaid would draw it as wide as the page and write the names over each other.
   */
  readonly isCompact?: boolean
}

/** Pixels, of a compact chart: of the bars, and of a Latin letter and a Korean syllable in them. */
export const COMPACT = { bars: 520, letter: 7.6, syllable: 14 }

/** A Mermaid gantt in UTC; undefined if there are no tasks, or too many. */
export function gantt(all: readonly Group[], look: Look = {}): string | undefined {
  const groups = all.filter(({ tasks }) => tasks.length > 0)
  const tasks = groups.flatMap((group) => group.tasks)
  if (tasks.length === 0 || tasks.length > MOST_TASKS) return undefined
  const span = Math.max(...tasks.map((one) => one.to)) - Math.min(...tasks.map((one) => one.from))
  const { isCompact = false } = look
  const diagram = write(groups, Math.max(1, Math.ceil(span * THINNEST)), span, isCompact)
  return isCompact ? `${COMPACT_LOOK}\n${diagram}` : diagram
}

const COMPACT_LOOK = `%%{init: ${JSON.stringify({
  gantt: {
    displayMode: 'compact',
    useWidth: COMPACT.bars + 110,
    leftPadding: 90,
    rightPadding: 20,
    topPadding: 44,
    barHeight: 24,
    fontSize: 14,
    sectionFontSize: 14
  }
})}}%%`

function write(
  groups: readonly Group[],
  thinnest: number,
  span: number,
  isCompact: boolean
): string {
  const lines = groups.flatMap(({ name, tasks }) => [
    `  section ${safeName(name)}`,
    ...tasks.map(({ name: what, tag, from, to }, index) => {
      const next = tasks[index + 1]?.from ?? Infinity
      const wide = Math.max(to, from + thinnest)
      // In a shared row a bar that reaches into the next one would be put into a row of its own.
      const end = isCompact && next > from ? Math.min(wide, Math.max(to, next)) : wide
      return `    ${safeName(what)} :${tag}, ${wallClock(from)}, ${wallClock(end)}`
    })
  ])
  // Mermaid shows times without a zone as they are written, so all readers see UTC.
  return [
    'gantt',
    `  title ${safeName(say`Times in UTC`)}`,
    '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
    ...axis(span, isCompact ? FEW_TICKS : MOST_TICKS),
    '  todayMarker off',
    ...lines
  ].join('\n')
}

/**
 * Mermaid gives a meaning to most punctuation (`:` `;` `#` `%%`), so only plain words, figures
 * and single percent signs are kept.
 */
function safeName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} .,%·_-]/gu, ' ')
    .replace(/%+/g, '%')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
  // Mermaid would take a line that starts with one of its keywords for a command.
  return /^(?:[A-Z][A-Za-z0-9]|d-|\d|\p{Lo}|·$)/u.test(plain) && !RESERVED.test(plain)
    ? plain
    : say`Event ${plain}`.trim()
}

const RESERVED =
  /^(?:title|section|dateformat|axisformat|tickinterval|inclusiveenddates|topaxis|excludes|includes|todaymarker|weekday|weekend|click|href|call|gantt|acctitle|accdescr|vert)/i

function wallClock(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '')
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The ticks that Mermaid chooses by itself overlap. */
const TICKS: readonly (readonly [step: number, interval: string])[] = [
  [SECOND, '1second'],
  [5 * SECOND, '5second'],
  [15 * SECOND, '15second'],
  [MINUTE, '1minute'],
  [2 * MINUTE, '2minute'],
  [5 * MINUTE, '5minute'],
  [15 * MINUTE, '15minute'],
  [30 * MINUTE, '30minute'],
  [HOUR, '1hour'],
  [3 * HOUR, '3hour'],
  [6 * HOUR, '6hour'],
  [DAY, '1day']
]
const MOST_TICKS = 10
const FEW_TICKS = 6

function axis(span: number, ticks: number): string[] {
  const [step, interval] = TICKS.find(([step]) => span / step <= ticks) ?? [7 * DAY, '1week']
  const format = step < MINUTE ? '%H:%M:%S' : step < 3 * HOUR ? '%H:%M' : '%m-%d %H:%M'
  return [`  axisFormat ${format}`, `  tickInterval ${interval}`]
}
