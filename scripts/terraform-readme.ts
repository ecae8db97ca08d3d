import { readModule, type Body, textOf } from './terraform-modules.ts'

const NEEDED = 'needed'

/** The tables of a module's README: its variables and its outputs. */
export async function moduleTables(
  module: string
): Promise<Record<'variables' | 'outputs', string>> {
  const { variable = {}, output = {} } = await readModule(module)
  return {
    variables: table(
      ['Variable', 'Type', 'Default', 'What it is'],
      Object.entries(variable).map(([name, [body = {}]]) => [
        `\`${name}\``,
        `\`${typeOf(body)}\``,
        body['default'] === undefined ? NEEDED : `\`${JSON.stringify(body['default'])}\``,
        textOf(body['description'])
      ])
    ),
    outputs: table(
      ['Output', 'What it is'],
      Object.entries(output).map(([name, [body = {}]]) => [
        `\`${name}\``,
        textOf(body['description'])
      ])
    )
  }
}

function typeOf({ type }: Body): string {
  const text = textOf(type)
  return (text.startsWith('${') ? text.slice(2, -1) : text).replaceAll(/\s+/g, ' ')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  // What is needed stands first.
  const rank = (row: readonly string[]): string => `${row[2] === NEEDED ? 0 : 1}${row[0]}`
  const sorted = rows.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
  return [line(head), `|${head.map(() => '---|').join('')}`, ...sorted.map(line)].join('\n')
}
