import { SWITCH_TABLE, type SwitchEntry } from './switch-table.ts'

type Table = typeof SWITCH_TABLE

/** One setting for each point about AWS that no document settles (switch-table.ts). */
export type Switches = { -readonly [Name in keyof Table]: keyof Table[Name]['settings'] }
export type SwitchName = keyof Switches

/** What a switch can be set to, the default first. */
export const SWITCH_SETTINGS = each((name) => {
  const { settings } = SWITCH_TABLE[name]
  const first: string = defaultOf(name)
  return [first, ...Object.keys(settings).filter((setting) => setting !== first)]
}) as { readonly [Name in SwitchName]: readonly Switches[Name][] }

/** What was observed or is documented, else the unkind setting. */
export const DEFAULT_SWITCHES = each(defaultOf) as Readonly<Switches>

/** All unkind settings that can stand together. */
export const UNKIND_SWITCHES = each((name) => {
  const { together, unkind }: SwitchEntry<string> = SWITCH_TABLE[name]
  return together?.setting ?? unkind
}) as Readonly<Switches>

function defaultOf(name: SwitchName): string {
  const { seen, unkind }: SwitchEntry<string> = SWITCH_TABLE[name]
  return seen ?? unkind
}

function each<T>(make: (name: SwitchName) => T): Record<SwitchName, T> {
  const names = Object.keys(SWITCH_TABLE).filter(isSwitch)
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<SwitchName, T>
}

/** A world for the defaults, one for each other setting, and one for all unkind settings together. */
export const SWITCH_WORLDS: readonly (readonly [name: string, switches: Partial<Switches>])[] = [
  ['the defaults', {}],
  ...Object.entries(SWITCH_SETTINGS).flatMap(([name, [, ...others]]) =>
    others.map((setting) => [`${name}: ${setting}`, { [name]: setting }] as const)
  ),
  ['all unkind settings', UNKIND_SWITCHES]
]

/** Reads `name=value` pairs; throws on a name or value that is no switch's. */
export function parseSwitches(pairs: readonly string[]): Partial<Switches> {
  const chosen: Record<string, string> = {}
  for (const pair of pairs) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (!isSwitch(name)) {
      throw new Error(`no switch "${name}"; there are ${Object.keys(SWITCH_TABLE).join(', ')}`)
    }
    const settings: readonly string[] = SWITCH_SETTINGS[name]
    if (!settings.includes(value)) {
      throw new Error(`switch ${name} is one of ${settings.join(', ')}, not "${value}"`)
    }
    chosen[name] = value
  }
  return chosen
}

function isSwitch(name: string): name is SwitchName {
  return Object.hasOwn(SWITCH_TABLE, name)
}
