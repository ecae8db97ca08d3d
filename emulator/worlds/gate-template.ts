import { readFileSync } from 'node:fs'
import { createStack, type Stack, type StackOptions } from '../cloudformation/stack.ts'
import { parseTemplate, type Template } from '../cloudformation/template.ts'
import type { Emulator } from '../emulator.ts'

/** The templates in `infra/`, in the order in which they are put into an account. */
export const GATE_TEMPLATES = ['gate', 'vpc', 'policies'] as const
export type GateTemplate = (typeof GATE_TEMPLATES)[number]

/** A template of `infra/`: what is put into an account here is what is put into a real one. */
export function readGateTemplate(name: GateTemplate = 'gate'): Template {
  return parseTemplate(readFileSync(new URL(`../../infra/${name}.yaml`, import.meta.url), 'utf8'))
}

/** Of the given parameters, those that a template has. */
export function parametersOf(
  { Parameters }: Pick<Template, 'Parameters'>,
  given: Readonly<Record<string, string>>
): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in Parameters))
}

/**
 * Creates a stack of each template, and shows them as one: no logical id is used twice. Each takes
 * of the parameters those that it has; throws where none of them has one.
 */
export async function createGateStacks(
  emulator: Emulator,
  templates: readonly Template[],
  { parameters, ...options }: Omit<StackOptions, 'template'>
): Promise<Stack> {
  const unknown = Object.keys(parameters).filter((name) =>
    templates.every(({ Parameters }) => !(name in Parameters))
  )
  if (unknown.length > 0) throw new Error(`no template has the parameters ${unknown.join(', ')}`)
  const stacks: Stack[] = []
  for (const template of templates) {
    const own = parametersOf(template, parameters)
    stacks.push(await createStack(emulator, { ...options, template, parameters: own }))
  }
  return {
    apis: new Map(stacks.flatMap(({ apis }) => [...apis])),
    outputs: Object.assign({}, ...stacks.map(({ outputs }) => outputs)) as Stack['outputs'],
    resources: Object.assign({}, ...stacks.map(({ resources }) => resources)) as Stack['resources'],
    id: (logical) => stacks.map((stack) => stack.id(logical)).find((id) => id !== undefined)
  }
}
