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
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>
}

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
  return resolve(raw, values) as Template
}

function resolve(
  value: unknown,
  values: Readonly<Record<string, string | readonly string[]>>
): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, values))
  if (typeof value !== 'object' || value === null) return value
  if ('Ref' in value) return values[String(value.Ref)] ?? `<${String(value.Ref)}>`
  if ('Fn::GetAtt' in value) return `arn:aws:<${String(value['Fn::GetAtt'])}>`
  if ('Fn::Sub' in value) {
    return String(value['Fn::Sub']).replace(/\$\{([^}]+)\}/g, (_, name: string) =>
      String(values[name] ?? (name.includes('.') ? `arn:aws:<${name}>` : `<${name}>`))
    )
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, resolve(each, values)])
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
