import { isList } from '../../documents/mapping.ts'
import type { Members } from '../../documents/members.ts'
import { WEEKDAYS, type FreezeWindow, type Weekday } from './policy.ts'
import { say } from '../../words/say.ts'

/** ISO 8601 with an offset: a date without one would mean another moment in another place. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** The freeze windows, those that are right. */
export function readFreeze(members: Members): FreezeWindow[] {
  return members.mappings('freeze').flatMap((window) => {
    window.require('name', 'from', 'until')
    const name = window.text('name') ?? ''
    const read = window.has('days') || window.has('time-zone') ? readWeekly : readOnce
    const found = read(window, name)
    window.refuseOthers()
    return found ?? []
  })
}

function readOnce(window: Members, name: string): FreezeWindow | undefined {
  const from = readMoment(window, 'from')
  const until = readMoment(window, 'until')
  if (from === undefined || until === undefined) return undefined
  if (until <= from) return window.refuse('until', say`is not after from`)
  return { name, kind: 'once', from, until }
}

function readMoment(window: Members, name: string): number | undefined {
  const text = window.text(name)
  if (text === undefined) return undefined
  const moment = MOMENT.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isFinite(moment)) return moment
  return window.refuse(
    name,
    say`found ${JSON.stringify(text)}, wanted a time such as 2026-12-24T00:00:00+09:00 (or HH:MM together with days and time-zone)`
  )
}

function readWeekly(window: Members, name: string): FreezeWindow | undefined {
  window.require('days', 'time-zone')
  const days = readDays(window)
  const timeZone = readTimeZone(window)
  const from = readMinutes(window, 'from', 24 * 60 - 1)
  const until = readMinutes(window, 'until', 24 * 60)
  if (!days || !timeZone || from === undefined || until === undefined) return undefined
  return { name, kind: 'weekly', days, from, until, timeZone }
}

function readDays(window: Members): readonly Weekday[] | undefined {
  const value = window.value('days')
  if (value === undefined) return undefined
  const days = isList(value) ? WEEKDAYS.filter((day) => value.includes(day)) : []
  if (isList(value) && days.length > 0 && days.length === value.length) return days
  return window.refuse(
    'days',
    say`found ${JSON.stringify(value)}, wanted a list of ${WEEKDAYS.join(', ')}`
  )
}

function readTimeZone(window: Members): string | undefined {
  const name = window.text('time-zone')
  if (name === undefined) return undefined
  try {
    // Offsets such as +09:00 are taken too, but know no daylight saving.
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return name
  } catch {
    return window.refuse(
      'time-zone',
      say`found ${JSON.stringify(name)}, wanted an IANA name such as Asia/Seoul`
    )
  }
}

function readMinutes(window: Members, name: string, most: number): number | undefined {
  const text = window.text(name)
  if (text === undefined) return undefined
  const [, hours = '', minutes = ''] = /^(\d{2}):([0-5]\d)$/.exec(text) ?? []
  const value = Number(hours) * 60 + Number(minutes)
  if (hours !== '' && value <= most) return value
  return window.refuse(name, say`found ${JSON.stringify(text)}, wanted a time of day such as 18:00`)
}
