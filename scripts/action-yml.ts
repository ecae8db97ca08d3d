import { parseDocument } from 'yaml'

export interface ActionInput {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly default: string | undefined
}

export interface ActionOutput {
  readonly name: string
  readonly description: string
}

export interface ActionMetadata {
  readonly inputs: readonly ActionInput[]
  readonly outputs: readonly ActionOutput[]
  readonly runs: Readonly<Record<string, string>>
}

/** The members in which GitHub knows contexts: it does not load a file that has an expression in another. */
const EVALUATED: readonly string[] = ['default', 'pre-if', 'post-if']

type Fields = ReadonlyMap<string, unknown>

/**
 * Reads action.yml as strictly as GitHub's metadata syntax allows it to be
 * written, and asks for more: a description for every input and output.
 * The runner itself overlooks an unknown key.
 */
export function readAction(text: string): ActionMetadata {
  const document = parseDocument(text)
  const [error] = [...document.errors, ...document.warnings]
  if (error !== undefined) throw error
  const root = fields(document.toJS(), 'action.yml', {
    needed: ['name', 'description', 'runs'],
    known: ['author', 'branding', 'inputs', 'outputs']
  })
  // The Marketplace refuses a longer one.
  if (string(root, 'description').length > 125) throw new Error('description: over 125 characters')
  string(root, 'name')
  checkBranding(root.get('branding'))
  return {
    inputs: entries(root.get('inputs'), 'inputs').map(([name, value]) => readInput(name, value)),
    outputs: entries(root.get('outputs'), 'outputs').map(([name, value]) => {
      const output = fields(value, `outputs.${name}`, { needed: ['description'], known: [] })
      return { name, description: description(output, `outputs.${name}`) }
    }),
    runs: readRuns(root.get('runs'))
  }
}

function readInput(name: string, value: unknown): ActionInput {
  const where = `inputs.${name}`
  const input = fields(value, where, {
    needed: ['description'],
    known: ['required', 'default', 'deprecationMessage']
  })
  const required = input.get('required') ?? false
  if (typeof required !== 'boolean') throw new Error(`${where}.required: not a boolean`)
  const fallback = input.has('default') ? string(input, 'default') : undefined
  if (required && fallback !== undefined) throw new Error(`${where}: required, with a default`)
  return { name, description: description(input, where), required, default: fallback }
}

function readRuns(value: unknown): Readonly<Record<string, string>> {
  const runs = fields(value, 'runs', {
    needed: ['using', 'main'],
    known: ['pre', 'pre-if', 'post', 'post-if']
  })
  if (string(runs, 'using') !== 'node24') throw new Error('runs.using: not node24')
  return Object.fromEntries([...runs.keys()].map((key) => [key, string(runs, key)]))
}

const COLORS = 'white black yellow blue green orange red purple gray-dark'.split(' ')

function checkBranding(value: unknown): void {
  if (value === undefined) return
  const branding = fields(value, 'branding', { needed: ['icon', 'color'], known: [] })
  if (!COLORS.includes(string(branding, 'color'))) throw new Error('branding.color: unknown')
  if (!/^[a-z][a-z0-9-]*$/.test(string(branding, 'icon'))) throw new Error('branding.icon: no icon')
}

function entries(value: unknown, where: string): [string, unknown][] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) throw new Error(`${where}: not a mapping`)
  return Object.entries(value).map(([name, entry]: [string, unknown]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw new Error(`${where}.${name}: no usable name`)
    return [name, entry]
  })
}

interface Keys {
  readonly needed: readonly string[]
  readonly known: readonly string[]
}

function fields(value: unknown, where: string, { needed, known }: Keys): Fields {
  const found = new Map(entries(value, where))
  for (const key of found.keys()) {
    if (![...needed, ...known].includes(key)) throw new Error(`${where}.${key}: unknown key`)
  }
  for (const key of needed) {
    if (!found.has(key)) throw new Error(`${where}: no ${key}`)
  }
  return found
}

function string(from: Fields, key: string): string {
  const value = from.get(key)
  if (typeof value !== 'string') throw new Error(`${key}: not a string`)
  if (value.includes('${{') && !EVALUATED.includes(key)) {
    throw new Error(`${key}: an expression, which only ${EVALUATED.join(', ')} may hold`)
  }
  return value
}

function description(from: Fields, where: string): string {
  const text = string(from, 'description').trim()
  if (text === '') throw new Error(`${where}: empty description`)
  return text
}
