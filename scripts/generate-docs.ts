// Rewrites the parts of README.md that repeat action.yml, the tables of docs/switches.md, and the drawing
// of folders in docs/architecture.md.
//   node scripts/generate-docs.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { readAction, type ActionInput, type ActionMetadata } from './action-yml.ts'
import { switchRows, unkindList } from './switches-doc.ts'

const at = (path: string) => new URL(`../${path}`, import.meta.url)

/** The text with its generated blocks brought up to date. */
export function withGeneratedBlocks(text: string, action: ActionMetadata): string {
  const inputs = action.inputs.map((input) => ({ ...input, note: noteOn(input) }))
  const outputs = action.outputs.map((output) => ({ ...output, note: '' }))
  return replaceBlock(replaceBlock(text, 'inputs', listed(inputs)), 'outputs', listed(outputs))
}

interface Entry {
  readonly name: string
  readonly description: string
  readonly note: string
}

function noteOn({ required, default: fallback }: ActionInput): string {
  if (required) return ' (required)'
  return fallback === undefined ? '' : ` (default \`${fallback}\`)`
}

/** A list entry each; neighbours that say the same share one. */
function listed(entries: readonly Entry[]): string {
  const groups: { names: string[]; description: string }[] = []
  for (const { name, note, description } of entries) {
    const last = groups.at(-1)
    const title = `**\`${name}\`**${note}`
    if (last?.description === description) last.names.push(title)
    else groups.push({ names: [title], description })
  }
  return groups
    .map(({ names, description }) => {
      const body = description.replaceAll(/\n(?=[^\n])/g, '\n  ')
      return `- ${names.join(', ')}\n\n  ${body}`
    })
    .join('\n\n')
}

function replaceBlock(text: string, name: string, body: string): string {
  const [start, end] = [`<!-- start ${name} -->`, `<!-- end ${name} -->`]
  const [before, rest, ...extra] = text.split(start)
  const [inside, after, ...more] = rest?.split(end) ?? []
  if (before === undefined || inside === undefined || after === undefined) {
    throw new Error(`the page has no block from ${start} to ${end}`)
  }
  if (extra.length > 0 || more.length > 0) {
    throw new Error(`the page has more than one block from ${start} to ${end}`)
  }
  return `${before}${start}\n\n${body}\n\n${end}${after}`
}

/** docs/switches.md with its tables brought up to date. */
export function withSwitches(text: string): string {
  return replaceBlock(replaceBlock(text, 'switches', switchRows()), 'unkind', unkindList())
}

interface Page {
  readonly path: string
  /** What its generated blocks are made from. */
  readonly source: string
  readonly current: (text: string) => string | Promise<string>
}

const PAGES: readonly Page[] = [
  {
    path: 'README.md',
    source: 'action.yml',
    current: (text) => withGeneratedBlocks(text, readAction(readFileSync(at('action.yml'), 'utf8')))
  },
  { path: 'docs/switches.md', source: 'emulator/switch-table.ts', current: withSwitches },
  {
    path: 'docs/architecture.md',
    source: 'the imports of src',
    current: async (text) => {
      const { folderMap } = await import('./folder-map.ts')
      return replaceBlock(text, 'folders', await folderMap())
    }
  }
]

async function main(args: readonly string[]): Promise<void> {
  for (const { path, source, current } of PAGES) {
    const text = readFileSync(at(path), 'utf8')
    const wanted = await current(text)
    if (wanted === text) continue
    if (args.includes('--check')) {
      console.error(`${path} differs from ${source}. Run: npm run docs`)
      process.exitCode = 1
    } else writeFileSync(at(path), wanted)
  }
}

if (import.meta.main) await main(process.argv.slice(2))
