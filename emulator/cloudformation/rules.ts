import { resolve, type Names } from './intrinsics.ts'
import type { Template } from './template.ts'

/** What the first of a template's rules says that the parameters break; undefined where they break none. */
export function brokenRule(
  { Rules = {} }: Pick<Template, 'Rules'>,
  names: Names
): string | undefined {
  return Object.values(Rules)
    .filter(
      ({ RuleCondition = { 'Fn::Equals': ['', ''] } }) => resolve(RuleCondition, names) === true
    )
    .flatMap(({ Assertions }) => Assertions)
    .find(({ Assert }) => resolve(Assert, names) !== true)?.AssertDescription
}
