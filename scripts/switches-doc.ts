import { SWITCH_TABLE, type SwitchEntry } from '../emulator/switch-table.ts'
import { DEFAULT_SWITCHES, UNKIND_SWITCHES, type SwitchName } from '../emulator/switches.ts'

/** The table of docs/switches.md: a row for each switch, made from its entry. */
export function switchRows(): string {
  const rows = Object.entries<SwitchEntry<string>>(SWITCH_TABLE).map(([name, entry]) => {
    const fallback = DEFAULT_SWITCHES[name as SwitchName]
    const others = Object.entries(entry.settings).filter(([setting]) => setting !== fallback)
    const changes = others.map(([setting, text]) => `\`${setting}\`: ${text}`).join('. ')
    return [
      `\`${name}\``,
      upper(entry.about),
      `\`${fallback}\`: ${entry.settings[fallback] ?? ''}`,
      `${upper(entry.grade)}. ${entry.why}`,
      changes
    ]
  })
  const head = ['Switch', 'What is not settled', 'Default', 'Why', 'What changes otherwise']
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** What differs from the defaults where all unkind settings are on at once. */
export function unkindList(): string {
  return Object.entries<SwitchEntry<string>>(SWITCH_TABLE)
    .flatMap(([name, { unkind, together }]) => {
      const taken = UNKIND_SWITCHES[name as SwitchName]
      if (together)
        return `- \`${name}\`: \`${taken}\` and not \`${unkind}\`, because ${together.why}`
      return taken === DEFAULT_SWITCHES[name as SwitchName] ? [] : `- \`${name}\`: \`${taken}\``
    })
    .join('\n')
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
