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

/** A template of CloudFormation, its short tags (`!Ref`) written out (`{ Ref: ... }`). */
export interface Template {
  readonly Parameters: Readonly<Record<string, Parameter>>
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

/** Sections that a template may lack. */
const EMPTY: Template = { Parameters: {}, Conditions: {}, Resources: {}, Outputs: {} }

/** Reads YAML with the short tags that the gate's template uses; throws where it is no YAML. */
export function parseTemplate(text: string): Template {
  const scalars: ScalarTag[] = ['Ref', 'GetAtt', 'Sub', 'ImportValue'].map((name) => ({
    tag: `!${name}`,
    resolve: (value: string) => ({ [name === 'Ref' ? name : `Fn::${name}`]: value })
  }))
  const lists: CollectionTag[] = ['If', 'Equals', 'Not', 'Join', 'Sub'].map((name) => ({
    tag: `!${name}`,
    collection: 'seq',
    resolve: (value) => ({ [`Fn::${name}`]: value.toJSON() as unknown }) as never
  }))
  const document = parseDocument(text, { customTags: [...scalars, ...lists] })
  if (document.errors.length > 0 || document.warnings.length > 0) {
    throw new Error([...document.errors, ...document.warnings].join('\n'))
  }
  return { ...EMPTY, ...(document.toJS() as Partial<Template>) }
}
