import { parseDocument, type CollectionTag, type ScalarTag } from 'yaml'

export interface Parameter {
  readonly Type: string
  readonly Default?: string | number
  readonly AllowedPattern?: string
  readonly MinLength?: number
  readonly MinValue?: number
  readonly MaxValue?: number
  readonly AllowedValues?: readonly (string | number)[]
  readonly ConstraintDescription?: string
}

export interface Resource {
  readonly Type: string
  readonly Condition?: string
  readonly DependsOn?: string | readonly string[]
  readonly Properties: Readonly<Record<string, unknown>>
}

/** What parameters have to be, together. */
export interface Rule {
  readonly RuleCondition?: unknown
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription: string }[]
}

/** A template of CloudFormation, its short tags (`!Ref`) written out (`{ Ref: ... }`). */
export interface Template {
  readonly Parameters: Readonly<Record<string, Parameter>>
  readonly Rules?: Readonly<Record<string, Rule>>
  readonly Conditions: Readonly<Record<string, unknown>>
  readonly Resources: Readonly<Record<string, Resource>>
  readonly Outputs: Readonly<
    Record<
      string,
      {
        readonly Value: unknown
        readonly Condition?: string
        readonly Export?: { readonly Name: unknown }
      }
    >
  >
}

const SCALARS = ['Ref', 'Condition', 'GetAtt', 'GetAZs', 'Sub', 'ImportValue']
const LISTS = ['And', 'Cidr', 'Equals', 'If', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub']

function longNameOf(short: string): string {
  return short === 'Ref' || short === 'Condition' ? short : `Fn::${short}`
}

/** Sections that a template may lack. */
const EMPTY: Template = { Parameters: {}, Conditions: {}, Resources: {}, Outputs: {} }

/** Reads YAML with the short tags that the templates in infra/ use; throws where it is no YAML. */
export function parseTemplate(text: string): Template {
  const scalars: ScalarTag[] = SCALARS.map((name) => ({
    tag: `!${name}`,
    resolve: (value: string) => ({ [longNameOf(name)]: value })
  }))
  const lists: CollectionTag[] = LISTS.map((name) => ({
    tag: `!${name}`,
    collection: 'seq',
    resolve: (value) => ({ [longNameOf(name)]: value.toJSON() as unknown }) as never
  }))
  const document = parseDocument(text, { customTags: [...scalars, ...lists] })
  if (document.errors.length > 0 || document.warnings.length > 0) {
    throw new Error([...document.errors, ...document.warnings].join('\n'))
  }
  return { ...EMPTY, ...(document.toJS() as Partial<Template>) }
}
