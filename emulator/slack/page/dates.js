// Slack's date formats ("Formatting text", "Date formatting"), in the reader's own time zone and in English.

const DAY_MS = 86_400_000
const UNITS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000]
]

/** A `<time>` that `refreshDates` keeps true; the fallback where there is no such moment. */
export function dateNode(seconds, format, fallback, now) {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return document.createTextNode(fallback)
  const node = document.createElement('time')
  node.dateTime = at.toISOString()
  node.title = fallback === '' ? at.toLocaleString('en') : fallback
  node.dataset.format = format
  node.append(dateText(at, format, now))
  return node
}

/** As time goes on, "today" becomes "yesterday", and "in 5 minutes" "in 4". */
export function refreshDates(root, now) {
  for (const node of root.querySelectorAll('time[data-format]')) {
    const text = dateText(new Date(node.dateTime), node.dataset.format, now)
    if (node.textContent !== text) node.textContent = text
  }
}

function dateText(at, format, now) {
  return format.replace(/\{(\w+)\}/g, (token, name, offset) => {
    const pretty = name.endsWith('_pretty') ? nearDay(at, now) : undefined
    if (pretty) return offset === 0 ? pretty[0].toUpperCase() + pretty.slice(1) : pretty
    return Object.hasOwn(TOKENS, name) ? TOKENS[name](at, now) : token
  })
}

const month = (at, style) => at.toLocaleDateString('en', { month: style })
const long = (at) => `${month(at, 'long')} ${ordinal(at.getDate())}, ${at.getFullYear()}`
const short = (at) => `${month(at, 'short')} ${at.getDate()}, ${at.getFullYear()}`
const weekday = (at) => `${at.toLocaleDateString('en', { weekday: 'long' })}, ${long(at)}`
const two = (number) => String(number).padStart(2, '0')
const time = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`

const TOKENS = {
  date_num: (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  date_slash: (at) => `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`,
  date: long,
  date_pretty: long,
  date_short: short,
  date_short_pretty: short,
  date_long: weekday,
  date_long_pretty: weekday,
  date_long_full: (at) => `${month(at, 'long')} ${at.getDate()}, ${at.getFullYear()}`,
  day_divider_pretty: (at, now) =>
    at.getFullYear() === new Date(now).getFullYear()
      ? weekday(at).replace(/, \d+$/, '')
      : weekday(at),
  time,
  time_secs: (at) => `${time(at)}:${two(at.getSeconds())}`,
  ago: (at, now) => {
    const left = at.getTime() - now
    const [unit, size] = UNITS.find(([, ms]) => Math.abs(left) >= ms) ?? ['second', 1_000]
    return new Intl.RelativeTimeFormat('en').format(Math.trunc(left / size), unit)
  }
}

function nearDay(at, now) {
  const day = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[day(at) - day(new Date(now))]
}

function ordinal(day) {
  const tens = day % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th')
  return `${day}${suffix}`
}
