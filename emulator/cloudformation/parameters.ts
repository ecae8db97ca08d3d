import { refused } from './refused.ts'
import type { Parameter, Template } from './template.ts'

export type ParameterValues = ReadonlyMap<string, string | readonly string[]>

/**
 * The parameters' values, lists taken apart. Throws AwsError `ValidationError`
 * where one is unknown, missing, or not what the template allows.
 */
export function parameterValues(
  { Parameters }: Pick<Template, 'Parameters'>,
  given: Readonly<Record<string, string>>
): ParameterValues {
  const named = (names: readonly string[]): string => `[${names.join(', ')}]`
  const unknown = Object.keys(given).filter((name) => !(name in Parameters))
  if (unknown.length > 0) {
    throw refused(`Parameters: ${named(unknown)} do not exist in the template`)
  }
  const missing = Object.entries(Parameters)
    .filter(([name, { Default }]) => given[name] === undefined && Default === undefined)
    .map(([name]) => name)
  if (missing.length > 0) throw refused(`Parameters: ${named(missing)} must have values`)
  return new Map(
    Object.entries(Parameters).map(([name, parameter]) => {
      const isList = parameter.Type === 'CommaDelimitedList'
      const value = String(given[name] ?? parameter.Default)
      const values = isList ? value.split(',').map((each) => each.trim()) : [value]
      const problem = values.map((each) => problemOf(parameter, each)).find(Boolean)
      if (problem === undefined) return [name, isList ? values : value]
      const { ConstraintDescription = problem } = parameter
      throw refused(`Parameter '${name}' failed to satisfy constraint: ${ConstraintDescription}`)
    })
  )
}

/** What is wrong with a value, or with one of a list's; undefined where nothing is. */
function problemOf(parameter: Parameter, value: string): string | undefined {
  const { Type, AllowedPattern, AllowedValues, MinLength = 0 } = parameter
  const { MinValue = -Infinity, MaxValue = Infinity } = parameter
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`, 's').test(value)) {
    return `must match pattern ${AllowedPattern}`
  }
  if (AllowedValues && !AllowedValues.some((allowed) => String(allowed) === value)) {
    return `must be one of ${AllowedValues.join(', ')}`
  }
  if (value.length < MinLength) return `must have ${MinLength} characters or more`
  if (Type !== 'Number') return undefined
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (number >= MinValue && number <= MaxValue) return undefined
  return `must be a number from ${MinValue} to ${MaxValue}`
}
