import { textOf } from '../../../scripts/terraform-modules.ts'
import type { Value, Values } from './values.ts'

/** What the provider's data source aws_iam_policy_document makes of its statements. */
export function policyDocument({ version = '2012-10-17', statement = [] }: Values): Values {
  return { Version: version, Statement: (statement as readonly Values[]).map(statementOf) }
}

function statementOf({
  sid,
  effect = 'Allow',
  actions,
  not_actions: notActions,
  resources,
  principals,
  condition
}: Values): Values {
  const members: Readonly<Record<string, Value | undefined>> = {
    Sid: sid,
    Effect: effect,
    Action: actions,
    NotAction: notActions,
    Resource: resources,
    Principal: principals === undefined ? undefined : principalsOf(principals as readonly Values[]),
    Condition: condition === undefined ? undefined : conditionsOf(condition as readonly Values[])
  }
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  )
}

function principalsOf(principals: readonly Values[]): Value {
  const [first] = principals
  // The provider's documentation: type "*" with identifiers ["*"] is "Principal": "*".
  if (first?.['type'] === '*' && principals.length === 1) return '*'
  return Object.fromEntries(
    principals.map(({ type, identifiers = [] }) => [textOf(type), identifiers])
  )
}

function conditionsOf(conditions: readonly Values[]): Values {
  const made: Record<string, Record<string, Value>> = {}
  for (const { test, variable, values = [] } of conditions) {
    const operator = (made[textOf(test)] ??= {})
    if (textOf(variable) in operator)
      throw new Error(`${textOf(test)} ${textOf(variable)} stands twice`)
    operator[textOf(variable)] = values
  }
  return made
}
