import type { AlarmDefinition, AlarmReason, Alarms, AlarmState } from './alarms.ts'

/** The alarms of one account, in memory. */
export function createAlarms(): Alarms {
  const states = new Map<string, { state: AlarmState; reason: AlarmReason | undefined }>()
  const definitions = new Map<string, AlarmDefinition>()
  return {
    put: (name, state, reason) => void states.set(name, { state, reason }),
    state: (name) => states.get(name)?.state,
    reason: (name) => states.get(name)?.reason,
    define: (name, definition) => void definitions.set(name, definition),
    definition: (name) => definitions.get(name),
    names: () => [...states.keys()]
  }
}
