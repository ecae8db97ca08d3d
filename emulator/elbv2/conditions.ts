import { isIP } from 'node:net'
import type {
  QueryStringKeyValuePair,
  RuleCondition
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { invalid } from './refusals.ts'

export const FIELDS = [
  'path-pattern',
  'host-header',
  'http-header',
  'http-request-method',
  'query-string',
  'source-ip'
] as const

/** A condition of a rule. It holds where one of its values matches. */
export type Condition =
  | {
      readonly field: 'path-pattern' | 'host-header' | 'http-request-method' | 'source-ip'
      readonly values: readonly string[]
    }
  | { readonly field: 'http-header'; readonly header: string; readonly values: readonly string[] }
  | { readonly field: 'query-string'; readonly values: readonly QueryStringKeyValuePair[] }

/** A rule may have several conditions of these types, and at most one of every other type (ALB user guide, "Condition types for listener rules"). */
const REPEATABLE = ['http-header', 'query-string']
/**
 * How many values, and how many wildcards, all conditions of a rule may have together (ALB user
 * guide, "Quotas"; its translations say 5 or 6 wildcards, so the emulator refuses the sixth).
 */
const MOST_IN_A_RULE = 5
/** API reference, RuleCondition and its configurations. */
const LONGEST_VALUE = 128
const LONGEST_NAME = 40

/** Reads the conditions of a rule. @throws ValidationError */
export function readConditions(given: readonly RuleCondition[] = []): readonly Condition[] {
  const conditions = given.map(readCondition)
  if (conditions.length === 0) throw invalid('A rule must have at least one condition')
  for (const field of FIELDS) {
    const times = conditions.filter((each) => each.field === field).length
    if (times > 1 && !REPEATABLE.includes(field))
      throw invalid(`A rule can only have one '${field}' condition`)
  }
  const values = conditions.flatMap<string | QueryStringKeyValuePair>((each) => [...each.values])
  if (values.length > MOST_IN_A_RULE)
    throw invalid(`A rule can only have '${MOST_IN_A_RULE}' condition values`)
  const texts = conditions
    .filter(({ field }) => field !== 'source-ip' && field !== 'http-request-method')
    .flatMap(textsOf)
  const wildcards = texts.flatMap((text) => text.replace(/\\./g, '').match(/[*?]/g) ?? [])
  if (wildcards.length > MOST_IN_A_RULE)
    throw invalid(`A rule can only have '${MOST_IN_A_RULE}' wildcards`)
  return conditions
}

function readCondition(given: RuleCondition): Condition {
  const condition = read(given)
  const { field } = condition
  const texts = textsOf(condition)
  if (texts.length === 0) throw invalid(`A condition value must be specified for '${field}'`)
  for (const text of texts) {
    if (text === '') throw invalid(`A condition value for '${field}' can't be empty`)
    if (text.length > LONGEST_VALUE)
      throw invalid(`A condition value can have at most ${LONGEST_VALUE} characters`)
    const wrong = problem(field, text)
    if (wrong !== undefined) throw invalid(`Condition value '${text}' ${wrong}`)
  }
  return condition
}

/** Each field has a configuration of its own; a path and a host may be in `Values` instead. */
const CONFIGURATIONS = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-header': 'HttpHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'query-string': 'QueryStringConfig',
  'source-ip': 'SourceIpConfig'
} as const

function read(given: RuleCondition): Condition {
  const field = FIELDS.find((each) => each === given.Field)
  if (field === undefined)
    throw invalid(`Condition field '${given.Field ?? ''}' must be one of ${FIELDS.join(', ')}`)
  const own = CONFIGURATIONS[field]
  for (const other of Object.values(CONFIGURATIONS))
    if (other !== own && given[other])
      throw invalid(`${other} can not be specified for the field '${field}'`)
  if (given.Values && field !== 'path-pattern' && field !== 'host-header')
    throw invalid(`Values can not be specified for the field '${field}'`)
  if (field === 'query-string') return { field, values: given.QueryStringConfig?.Values ?? [] }
  const configured = given[CONFIGURATIONS[field]]?.Values
  // Both are in what DescribeRules shows, and say the same there.
  if (given.Values && configured && given.Values.join() !== configured.join())
    throw invalid(`Values and ${own} disagree`)
  const values = configured ?? given.Values ?? []
  if (field !== 'http-header') return { field, values }
  const header = given.HttpHeaderConfig?.HttpHeaderName ?? ''
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header) || header.length > LONGEST_NAME)
    throw invalid(`HTTP header name '${header}' is not valid`)
  if (header.toLowerCase() === 'host')
    throw invalid("The host header is for a condition of the field 'host-header'")
  return { field, header, values }
}

/** What is wrong with a value of its kind. */
function problem(field: Condition['field'], text: string): string | undefined {
  if (field === 'host-header' && !/^[A-Za-z0-9.*?-]*\.[A-Za-z0-9*?]+$/.test(text))
    return "must be a host name with at least one '.'"
  if (field === 'path-pattern' && !/^[A-Za-z0-9_.$/~"'@:+&*?-]+$/.test(text))
    return 'has a character that a path pattern can not have'
  if (field === 'http-request-method' && !(/^[A-Z_-]+$/.test(text) && text.length <= LONGEST_NAME))
    return 'must be a method: A-Z, hyphen and underscore'
  if (field === 'source-ip') {
    const [address = '', bits = ''] = text.split('/')
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
    if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return 'must be a CIDR block'
  }
  return undefined
}

function textsOf(condition: Condition): readonly string[] {
  if (condition.field !== 'query-string') return condition.values
  return condition.values.flatMap(({ Key, Value = '' }) =>
    Key === undefined ? [Value] : [Key, Value]
  )
}

/** As AWS shows it: a host or a path also in `Values`, as it was before there were configurations. */
export function showCondition(condition: Condition): RuleCondition {
  const { field } = condition
  switch (field) {
    case 'path-pattern':
      return {
        ...config(condition.values),
        Field: field,
        PathPatternConfig: config(condition.values)
      }
    case 'host-header':
      return {
        ...config(condition.values),
        Field: field,
        HostHeaderConfig: config(condition.values)
      }
    case 'http-request-method':
      return { Field: field, HttpRequestMethodConfig: config(condition.values) }
    case 'source-ip':
      return { Field: field, SourceIpConfig: config(condition.values) }
    case 'http-header': {
      const { header, values } = condition
      return { Field: field, HttpHeaderConfig: { HttpHeaderName: header, ...config(values) } }
    }
    case 'query-string':
      return { Field: field, QueryStringConfig: { Values: [...condition.values] } }
  }
}

function config(values: readonly string[]): { Values: string[] } {
  return { Values: [...values] }
}
