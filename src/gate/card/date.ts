/** A moment in each reader's own time zone (Slack, "Date formatting"); the fallback is in UTC. */
export function moment(at: number, form: 'time' | 'date and time' = 'time'): string {
  const token = form === 'time' ? '{time}' : '{date_short_pretty} {time}'
  const utc = new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return `<!date^${Math.floor(at / 1000)}^${token}|${utc} UTC>`
}

/** Whole minutes between two moments, rounded up: "1 minute left" until it is over. */
export function minutesUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 60_000))
}
