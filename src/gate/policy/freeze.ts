import { WEEKDAYS, type FreezeWindow, type Rules } from './policy.ts'

/** Names of the freeze windows in force at `now`, milliseconds since the epoch. */
export function frozenBy({ freeze }: Pick<Rules, 'freeze'>, now: number): string[] {
  return freeze.filter((window) => isInForce(window, now)).map(({ name }) => name)
}

function isInForce(window: FreezeWindow, now: number): boolean {
  if (window.kind === 'once') return now >= window.from && now < window.until
  const { days, from, until, timeZone } = window
  const { day, minute } = wallClock(now, timeZone)
  const isDay = (index: number): boolean => days.some((name) => name === WEEKDAYS[index])
  if (from < until) return isDay(day) && minute >= from && minute < until
  // Over midnight: it belongs to the day on which it begins.
  return (isDay(day) && minute >= from) || (isDay((day + 6) % 7) && minute < until)
}

/** Day (0 is Monday) and minutes after midnight as the clocks on the wall show them there. */
function wallClock(now: number, timeZone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  }).formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? ''
  const weekday = part('weekday').toLowerCase()
  return {
    day: WEEKDAYS.findIndex((name) => name === weekday),
    minute: Number(part('hour')) * 60 + Number(part('minute'))
  }
}
