/**
 * Reads what an action wrote to GITHUB_OUTPUT or GITHUB_STATE, as the runner
 * does (GitHub: "Workflow commands", environment files): `name=value` lines
 * and `name<<delimiter` blocks; the last of one name counts.
 */
export function parseFileCommands(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {}
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const block = /^([^=]+?)<<(.+)$/.exec(line)
    if (block) {
      const [, name = '', delimiter = ''] = block
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) throw new Error(`no ${delimiter} ends the value of ${name}`)
      values[name] = lines.slice(index + 1, end).join('\n')
      index = end
      continue
    }
    const split = line.indexOf('=')
    if (split < 1) throw new Error(`not a file command: ${line}`)
    values[line.slice(0, split)] = line.slice(split + 1)
  }
  return values
}
