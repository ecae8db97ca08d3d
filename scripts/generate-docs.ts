// Rewrites what pages repeat: action.yml in docs/inputs.md and docs/outputs.md, the main inputs in both
// READMEs, the rights in docs/rights.md and docs/ko/rights.md, the tables of docs/switches.md, and the drawing of
// folders in docs/architecture.md, and the variables and outputs of the modules in infra/terraform/.
//   node scripts/generate-docs.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { readAction, type ActionInput, type ActionMetadata } from './action-yml.ts'
import { mainInputs } from './main-inputs.ts'
import { NEEDED, OPTIONAL, rightsTable } from './rights-doc.ts'
import { switchRows, unkindList } from './switches-doc.ts'
import { MODULES } from './terraform-modules.ts'

const at = (path: string) => new URL(`../${path}`, import.meta.url)

/** docs/inputs.md with its list brought up to date. */
export function withInputs(text: string, action: ActionMetadata): string {
  const inputs = action.inputs.map((input) => ({ ...input, note: noteOn(input) }))
  return replaceBlock(text, 'inputs', listed(inputs))
}

/** docs/outputs.md with its list brought up to date. */
export function withOutputs(text: string, action: ActionMetadata): string {
  const outputs = action.outputs.map((output) => ({ ...output, note: '' }))
  return replaceBlock(text, 'outputs', listed(outputs))
}

/** A README with its screen of inputs brought up to date. */
export function withMainInputs(
  text: string,
  action: ActionMetadata,
  language: 'en' | 'ko'
): string {
  return replaceBlock(text, 'main inputs', mainInputs(action, language))
}

/** The page of rights in a language with its tables brought up to date. */
export function withRights(text: string, language: 'en' | 'ko'): string {
  const [right, use, lost] =
    language === 'ko' ? ['권한', '용도', '없으면 잃는 것'] : ['Right', 'For', 'Lost without it']
  const needed = rightsTable(NEEDED, language, [right, use])
  const optional = rightsTable(OPTIONAL, language, [right, lost])
  return replaceBlock(replaceBlock(text, 'needed', needed), 'optional', optional)
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

function readAll(): ActionMetadata {
  return readAction(readFileSync(at('action.yml'), 'utf8'))
}

const PAGES: readonly Page[] = [
  {
    path: 'README.md',
    source: 'scripts/main-inputs.ts',
    current: (text) => withMainInputs(text, readAll(), 'en')
  },
  {
    path: 'README.ko.md',
    source: 'scripts/main-inputs.ts',
    current: (text) => withMainInputs(text, readAll(), 'ko')
  },
  { path: 'docs/inputs.md', source: 'action.yml', current: (text) => withInputs(text, readAll()) },
  {
    path: 'docs/outputs.md',
    source: 'action.yml',
    current: (text) => withOutputs(text, readAll())
  },
  {
    path: 'docs/rights.md',
    source: 'scripts/rights-doc.ts',
    current: (text) => withRights(text, 'en')
  },
  {
    path: 'docs/ko/rights.md',
    source: 'scripts/rights-doc.ts',
    current: (text) => withRights(text, 'ko')
  },
  { path: 'docs/switches.md', source: 'emulator/switch-table.ts', current: withSwitches },
  {
    path: 'docs/architecture.md',
    source: 'the imports of src',
    current: async (text) => {
      const { folderMap } = await import('./folder-map.ts')
      return replaceBlock(text, 'folders', await folderMap())
    }
  },
  ...MODULES.map((module) => ({
    path: `infra/terraform/${module}/README.md`,
    source: `infra/terraform/${module}/`,
    current: async (text: string) => {
      const { moduleTables } = await import('./terraform-readme.ts')
      const { variables, outputs } = await moduleTables(module)
      return replaceBlock(replaceBlock(text, 'variables', variables), 'outputs', outputs)
    }
  }))
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
