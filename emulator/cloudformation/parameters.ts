import { AwsError } from '../errors.ts'
import type { Template } from './template.ts'

export type ParameterValues = ReadonlyMap<string, string | readonly string[]>

/**
 * The parameters' values, lists taken apart. Throws AwsError `ValidationError`
 * where one is unknown, missing, or not what the template allows, in CloudFormation's words.
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
      const value = String(given[name] ?? parameter.Default)
      const values = parameter.Type === 'CommaDelimitedList' ? value.split(',') : [value]
      const { AllowedPattern, AllowedValues, ConstraintDescription } = parameter
      const fits = values.every(
        (each) =>
          new RegExp(`^(?:${AllowedPattern ?? '.*'})$`, 's').test(each) &&
          (AllowedValues?.some((allowed) => String(allowed) === each) ?? true)
      )
      if (!fits) {
        const because = ConstraintDescription === undefined ? '' : `: ${ConstraintDescription}`
        throw refused(`Parameter '${name}' must match what the template allows${because}`)
      }
      return [name, parameter.Type === 'CommaDelimitedList' ? values : value]
    })
  )
}

function refused(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
