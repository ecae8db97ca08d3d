import { say } from '../words/say.ts'

/**
 * What a line of the pre-flight is called, in the language of the run. The name itself is the
 * same in every language, because other programs find the line by it.
 */
export function checkName(name: string): string {
  return NAMES[name]?.() ?? name
}

/** By the name that other programs find the line by. */
export const NAMES: Readonly<Record<string, () => string>> = {
  'auto-rollback': () => say`auto-rollback`,
  change: () => say`change`,
  hooks: () => say`hooks`,
  'empty values': () => say`empty values`,
  'active deployment': () => say`active deployment`,
  'container and port': () => say`container and port`,
  continue: () => say`continue`,
  credentials: () => say`credentials`,
  'deployment group': () => say`deployment group`,
  endpoint: () => say`endpoint`,
  functions: () => say`functions`,
  gate: () => say`gate`,
  images: () => say`images`,
  'job limit': () => say`job limit`,
  issuer: () => say`issuer`,
  ledger: () => say`ledger`,
  'listener and sides': () => say`listener and sides`,
  'listeners and target groups': () => say`listeners and target groups`,
  'live traffic': () => say`live traffic`,
  'log groups': () => say`log groups`,
  'one-off task': () => say`one-off task`,
  'production targets': () => say`production targets`,
  recovery: () => say`recovery`,
  rehearsal: () => say`rehearsal`,
  roles: () => say`roles`,
  secrets: () => say`secrets`,
  service: () => say`service`,
  'slow start': () => say`slow start`,
  stickiness: () => say`stickiness`,
  'task definition': () => say`task definition`,
  'test listener': () => say`test listener`,
  'time to wait': () => say`time to wait`,
  'traffic shift': () => say`traffic shift`,
  verification: () => say`verification`,
  watchdog: () => say`watchdog`,
  'who asks': () => say`who asks`
}
