import { readFileSync } from 'node:fs'
import { resolve } from '../../../emulator/cloudformation/intrinsics.ts'
import { namesOf, wanted } from '../../../emulator/cloudformation/names.ts'
import { parameterValues } from '../../../emulator/cloudformation/parameters.ts'
import { parseTemplate, type Template } from '../../../emulator/cloudformation/template.ts'
import { PLACE } from './module.ts'

export function readTemplate(path: string): Template {
  return parseTemplate(readFileSync(path, 'utf8'))
}

/** What a template makes with these parameters and what others export; resources by placeholders, as `resolveTemplate` has them. */
export function resolveStack(
  raw: Template,
  parameters: Readonly<Record<string, string>>,
  stackName: string,
  exported: Readonly<Record<string, string>> = {}
): Template {
  const names = namesOf(
    raw,
    parameterValues(raw, parameters),
    { ...PLACE, stackName },
    {
      id: (name) => `<${name}>`,
      attribute: (name, attribute) => `arn:aws:<${name}.${attribute}>`,
      imported(name) {
        const value = exported[name]
        if (value === undefined) throw new Error(`${stackName} imports ${name}`)
        return value
      }
    }
  )
  const Resources = Object.fromEntries(wanted(raw.Resources, names))
  const Outputs = Object.fromEntries(wanted(raw.Outputs, names))
  return resolve({ ...raw, Resources, Outputs, Conditions: {}, Rules: {} }, names) as Template
}
