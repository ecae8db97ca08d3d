import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Template } from '../../../emulator/cloudformation/template.ts'
import type { Body, Module } from '../../../scripts/terraform-modules.ts'

/** `CodeBucket` as Terraform's names are. */
export function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])([A-Z])/g, '_$1').toLowerCase()
}

/**
 * Where the variables of a module say something else than the parameters of the templates that it
 * stands for, a line each: names, defaults, allowed values, limits and patterns.
 */
export function differences(
  templates: readonly Pick<Template, 'Parameters'>[],
  { variable = {} }: Module,
  /** Variables with types that CloudFormation does not have. */
  otherwise: readonly string[] = []
): string[] {
  const parameters = Object.assign({}, ...templates.map(({ Parameters }) => Parameters)) as Record<
    string,
    Readonly<Record<string, unknown>>
  >
  const more = Object.keys(variable).filter(
    (name) => name !== 'tags' && !Object.keys(parameters).some((each) => snake(each) === name)
  )
  return [
    ...more.map((name) => `${name} is a variable and no parameter`),
    ...Object.entries(parameters).flatMap(([name, parameter]) => {
      const [body] = variable[snake(name)] ?? []
      if (!body) return [`${name} is a parameter and no variable`]
      return otherwise.includes(snake(name)) ? [] : ofOne(snake(name), parameter, body)
    })
  ]
}

function ofOne(name: string, parameter: Readonly<Record<string, unknown>>, body: Body): string[] {
  const found: string[] = []
  const wanted = defaultOf(parameter, body)
  if (JSON.stringify(body['default']) !== JSON.stringify(wanted))
    found.push(
      `${name} is ${JSON.stringify(body['default'])} by default, and not ${JSON.stringify(wanted)}`
    )
  const conditions = ((body['validation'] ?? []) as Body[]).map(({ condition }) =>
    textOf(condition)
  )
  const says = (text: string): boolean => conditions.some((each) => each.includes(text))
  const { AllowedValues, MinValue, MaxValue } = parameter
  const switches = body['type'] === '${bool}'
  if (Array.isArray(AllowedValues) && !switches) {
    const list = AllowedValues.map((each) => JSON.stringify(each)).join(', ')
    if (!says(`[${list}]`)) found.push(`${name} is not checked to be one of ${list}`)
  }
  if (MinValue !== undefined && !says(`>= ${textOf(MinValue)}`))
    found.push(`${name} has no least value ${textOf(MinValue)}`)
  if (MaxValue !== undefined && !says(`<= ${textOf(MaxValue)}`))
    found.push(`${name} has no greatest value ${textOf(MaxValue)}`)
  const pattern = patternOf(parameter, body)
  if (pattern !== undefined && !says(JSON.stringify(pattern)))
    found.push(`${name} is not checked against ${pattern}`)
  return found
}

/** The value that CloudFormation has as a text, as the variable's type has it. */
function defaultOf({ Default, Type }: Readonly<Record<string, unknown>>, { type }: Body): unknown {
  if (Default === undefined) return undefined
  if (type === '${bool}') return Default === 'true' || Default === 'yes'
  const isList = /^\$\{(?:list|set)\(/.test(textOf(type))
  if (isList) return Default === '' ? [] : textOf(Default).split(',')
  return Type === 'Number' || type === '${number}' ? Number(Default) : Default
}

/** A list's pattern is of its elements, and has nothing to say of an empty list. */
function patternOf(
  { AllowedPattern }: Readonly<Record<string, unknown>>,
  { type }: Body
): string | undefined {
  if (typeof AllowedPattern !== 'string') return undefined
  const isList = /^\$\{(?:list|set)\(/.test(textOf(type))
  return isList ? AllowedPattern.replace(/^\^\((.*)\)\?\$$/, '^$1$') : AllowedPattern
}
