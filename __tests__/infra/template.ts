import { readFileSync } from 'node:fs'
import { parseDocument, type CollectionTag, type ScalarTag } from 'yaml'

export const TEMPLATE = 'infra/gate.yaml'

export interface Resource {
  readonly Type: string
  readonly Condition?: string
  readonly DeletionPolicy?: string
  readonly Properties: Readonly<Record<string, unknown>>
}

export interface Template {
  readonly Parameters: Readonly<
    Record<
      string,
      {
        readonly Type: string
        readonly Default?: string | number
        readonly AllowedPattern?: string
      }
    >
  >
  readonly Conditions: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>
}

/** The parameters with which there are functions in a VPC. */
export const IN_A_VPC = {
  VerifySubnets: 'subnet-0a1b2c3d',
  VerifySecurityGroups: 'sg-0123456789abcdef0',
  VerifySecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:verify-1'
} as const

/** What CloudFormation would make of a template with these parameters, as far as the gate's uses it. */
export function resolveTemplate(
  parameters: Readonly<Record<string, string>>,
  text = readFileSync(TEMPLATE, 'utf8')
): Template {
  const raw = parseTemplate(text)
  const values: Record<string, string | readonly string[]> = {
    'AWS::Partition': 'aws',
    'AWS::Region': 'eu-central-1',
    'AWS::AccountId': '123456789012',
    'AWS::URLSuffix': 'amazonaws.com'
  }
  for (const [name, { Type, Default }] of Object.entries(raw.Parameters)) {
    const value = String(parameters[name] ?? Default ?? '')
    values[name] = Type === 'CommaDelimitedList' ? value.split(',') : value
  }
  const conditions = new Set(
    Object.entries(raw.Conditions)
      .filter(([, condition]) => resolve(condition, { values, conditions: new Set() }) === true)
      .map(([name]) => name)
  )
  const resources = Object.entries(raw.Resources).filter(
    ([, { Condition }]) => Condition === undefined || conditions.has(Condition)
  )
  const made = { ...raw, Resources: Object.fromEntries(resources), Conditions: {} }
  return resolve(made, { values, conditions }) as Template
}

interface Given {
  readonly values: Readonly<Record<string, string | readonly string[]>>
  /** Names of those that hold. */
  readonly conditions: ReadonlySet<string>
}

const NO_VALUE = '<AWS::NoValue>'

function resolve(value: unknown, given: Given): unknown {
  const { values, conditions } = given
  if (Array.isArray(value)) {
    return value.map((each) => resolve(each, given)).filter((each) => each !== NO_VALUE)
  }
  if (typeof value !== 'object' || value === null) return value
  if ('Fn::If' in value) {
    const [name, yes, no] = value['Fn::If'] as [string, unknown, unknown]
    return resolve(conditions.has(name) ? yes : no, given)
  }
  if ('Fn::Equals' in value) {
    const [one, other] = resolve(value['Fn::Equals'], given) as unknown[]
    return one === other
  }
  if ('Fn::Not' in value) return (resolve(value['Fn::Not'], given) as unknown[])[0] !== true
  if ('Fn::Join' in value) {
    const [by, parts] = resolve(value['Fn::Join'], given) as [string, string[]]
    return parts.join(by)
  }
  if ('Ref' in value) return values[String(value.Ref)] ?? `<${String(value.Ref)}>`
  if ('Fn::GetAtt' in value) return `arn:aws:<${String(value['Fn::GetAtt'])}>`
  if ('Fn::Sub' in value) {
    return String(value['Fn::Sub']).replace(/\$\{([^}]+)\}/g, (_, name: string) =>
      String(values[name] ?? (name.includes('.') ? `arn:aws:<${name}>` : `<${name}>`))
    )
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, resolve(each, given)] as const)
      .filter(([, each]) => each !== NO_VALUE)
  )
}

/** YAML with CloudFormation's short tags as the mappings they stand for. */
export function parseTemplate(text: string): Template {
  const scalars: ScalarTag[] = ['Ref', 'GetAtt', 'Sub'].map((name) => ({
    tag: `!${name}`,
    resolve: (value: string) => ({ [name === 'Ref' ? name : `Fn::${name}`]: value })
  }))
  const lists: CollectionTag[] = ['If', 'Equals', 'Not', 'Join'].map((name) => ({
    tag: `!${name}`,
    collection: 'seq',
    resolve: (value) => ({ [`Fn::${name}`]: value.toJSON() as unknown }) as never
  }))
  const document = parseDocument(text, { customTags: [...scalars, ...lists] })
  if (document.errors.length > 0 || document.warnings.length > 0) {
    throw new Error([...document.errors, ...document.warnings].join('\n'))
  }
  return document.toJS() as Template
}

export function ofType({ Resources }: Template, type: string): [string, Resource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type)
}
