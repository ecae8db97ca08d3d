import type { Alarms, AlarmState } from './alarms.ts'

/** The alarms of one account, in memory. */
export function createAlarms(): Alarms {
  const states = new Map<string, AlarmState>()
  return {
    put: (name, state) => void states.set(name, state),
    state: (name) => states.get(name),
    names: () => [...states.keys()]
  }
}
