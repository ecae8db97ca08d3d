// Extracts what infra/terraform is checked against: of the AWS provider's schema, the resources and data sources
// that the modules use. The package is no dependency, since it is 390 MB; it says which provider it was made from:
//   npm pack @cdktf/provider-aws@21.22.1 && tar -xzf cdktf-provider-aws-21.22.1.tgz
//   node scripts/terraform-schema.ts package
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type AnyNode, type ObjectExpression, type Property } from 'acorn'
import { MODULES, readModule, textOf } from './terraform-modules.ts'

export interface AttributeSchema {
  readonly type: string
  readonly required?: true
}

export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>
  readonly blocks: Readonly<Record<string, NestedSchema>>
}

export interface NestedSchema extends BlockSchema {
  readonly required?: true
  /** At most one of them. */
  readonly single?: true
  /** Written with an equals sign, as the value of an attribute. */
  readonly attribute?: true
}

export interface ResourceSchema extends BlockSchema {
  /** What the provider alone sets. */
  readonly computed: readonly string[]
}

export interface ProviderSchema {
  readonly about: string
  readonly provider: { readonly source: string; readonly version: string }
  readonly resources: Readonly<Record<string, ResourceSchema>>
  readonly data: Readonly<Record<string, ResourceSchema>>
}

export const SCHEMA_FILE = '__tests__/infra/terraform/provider-schema.json'

interface Interface {
  /** By the names of TypeScript: the type's text, whether it may be left out, and what is said of it. */
  readonly members: ReadonlyMap<
    string,
    { readonly type: string; readonly optional: boolean; readonly comment: string }
  >
}

interface Source {
  readonly text: string
  readonly interfaces: ReadonlyMap<string, Interface>
  /** By name: the object literal with the members that a function or method writes. */
  readonly members: ReadonlyMap<string, ObjectExpression>
}

function readSource(folder: string): Source {
  const text = readFileSync(join(folder, 'index.js'), 'utf8')
  const members = new Map<string, ObjectExpression>()
  for (const node of parse(text, { ecmaVersion: 'latest', sourceType: 'script' }).body) {
    if (node.type === 'FunctionDeclaration') note(members, node.id.name, node.body.body)
    if (node.type !== 'ClassDeclaration') continue
    for (const member of node.body.body) {
      if (member.type !== 'MethodDefinition' || member.key.type !== 'Identifier') continue
      if (member.key.name === 'synthesizeHclAttributes')
        note(members, member.key.name, member.value.body.body)
    }
  }
  return { text, members, interfaces: readInterfaces(join(folder, 'index.d.ts')) }
}

/** Takes the value of `const attrs = {...}` among statements. */
function note(
  members: Map<string, ObjectExpression>,
  name: string,
  statements: readonly AnyNode[]
): void {
  for (const statement of statements) {
    if (statement.type !== 'VariableDeclaration') continue
    const [{ id, init } = {}] = statement.declarations
    if (id?.type === 'Identifier' && id.name === 'attrs' && init?.type === 'ObjectExpression')
      members.set(name, init)
  }
}

function readInterfaces(path: string): Map<string, Interface> {
  const text = readFileSync(path, 'utf8')
  const found = new Map<string, Interface>()
  for (const [, name = '', body = ''] of text.matchAll(
    /^export interface (\w+)[^{]*\{\n(.*?)^\}/gms
  )) {
    const members = [
      ...body.matchAll(
        /^ {4}(?:\/\*\*(.*?)\*\/\s*)?readonly (\w+)(\?)?: (.*?)(?=;\n {4}\S|;\n$)/gms
      )
    ].map(
      ([, comment = '', member = '', mark, type = '']) =>
        [member, { type, optional: mark === '?', comment }] as const
    )
    found.set(name, { members: new Map(members) })
  }
  return found
}

function blockOf(source: Source, members: string, described: string): BlockSchema {
  const attributes: Record<string, AttributeSchema> = {}
  const blocks: Record<string, NestedSchema> = {}
  const named = source.interfaces.get(described)
  if (!named) throw new Error(`index.d.ts has no interface ${described}`)
  for (const property of source.members.get(members)?.properties ?? []) {
    if (property.type !== 'Property') continue
    const name = keyOf(property)
    const { value, isBlock, type, storageClassType } = fieldsOf(source, property)
    const [, camel = ''] = /(?:struct\.|this\._)(\w+)/.exec(value) ?? []
    const member = named.members.get(camel)
    if (!member) throw new Error(`${described} has no ${camel}, for ${name}`)
    const required = member.optional ? {} : ({ required: true } as const)
    const [, inner] = /(?<!cdktf\.)\b(\w+)ToHclTerraform\b/.exec(value) ?? []
    if (isBlock !== 'true' || inner === undefined) {
      attributes[name] = { type: typeName(type ?? '', storageClassType ?? ''), ...required }
      continue
    }
    const single = /\[\]/.test(member.type) ? {} : ({ single: true } as const)
    const attribute = member.comment.includes(`${name} block`) ? {} : ({ attribute: true } as const)
    const nested = blockOf(
      source,
      `${inner}ToHclTerraform`,
      inner.charAt(0).toUpperCase() + inner.slice(1)
    )
    blocks[name] = { ...required, ...single, ...attribute, ...nested }
  }
  return { attributes, blocks }
}

function keyOf({ key }: Property): string {
  if (key.type === 'Identifier') return key.name
  if (key.type === 'Literal') return textOf(key.value)
  throw new Error(`a member's name is a ${key.type}`)
}

/** The texts of an object's members. */
function fieldsOf(
  { text }: Source,
  { value }: Property
): Record<string, string> & { value: string } {
  const fields: Record<string, string> = {}
  if (value.type !== 'ObjectExpression') throw new Error(`a member is a ${value.type}`)
  for (const field of value.properties) {
    if (field.type === 'Property')
      fields[keyOf(field)] = text.slice(field.value.start, field.value.end)
  }
  const unquoted = Object.entries(fields).map(([name, each]) => [name, each.replace(/^"|"$/g, '')])
  return { value: '', ...(Object.fromEntries(unquoted) as Record<string, string>) }
}

/** `set` and `stringList` is what Terraform calls `set(string)`. */
function typeName(type: string, stored: string): string {
  if (type === 'simple') return stored === 'boolean' ? 'bool' : stored
  const element = stored.replace(/(?:List|Set|Map)$/, '').replace('boolean', 'bool')
  return `${type}(${element})`
}

/** What only the provider sets: getters that have no setter. */
function computedOf({ text }: Source, { attributes, blocks }: BlockSchema): string[] {
  const start = text.search(/^class \w+ extends cdktf\.Terraform(?:Resource|DataSource) /m)
  const own = text.slice(start)
  const read = [
    ...own.matchAll(/this\.get\w+Attribute\('(\w+)'\)/g),
    ...own.matchAll(/new (?:cdktf\.)?\w+\(this, ["'](\w+)["']/g)
  ].map(([, name = '']) => name)
  return [...new Set(read)].filter((name) => !(name in attributes) && !(name in blocks)).toSorted()
}

function schemaOf(lib: string, type: string, kind: 'resource' | 'data'): ResourceSchema {
  const words = type.replace(/^aws_/, '').split('_')
  const folder = kind === 'data' ? ['data', 'aws', ...words] : words
  const source = readSource(join(lib, folder.join('-')))
  const name = folder.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  const block = blockOf(source, 'synthesizeHclAttributes', `${name}Config`)
  return { computed: computedOf(source, block), ...block }
}

/** The types that the modules use. */
export async function usedTypes(): Promise<Record<'resource' | 'data', string[]>> {
  const modules = await Promise.all(MODULES.map(readModule))
  const of = (kind: 'resource' | 'data'): string[] =>
    [...new Set(modules.flatMap((module) => Object.keys(module[kind] ?? {})))].toSorted()
  return { resource: of('resource'), data: of('data') }
}

async function main(folder: string): Promise<void> {
  const { license, version, cdktf } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8')
  ) as { license: string; version: string; cdktf: { provider: { name: string; version: string } } }
  const used = await usedTypes()
  const all = (kind: 'resource' | 'data'): Record<string, ResourceSchema> =>
    Object.fromEntries(used[kind].map((type) => [type, schemaOf(join(folder, 'lib'), type, kind)]))
  const schema: ProviderSchema = {
    about: `Extracted by scripts/terraform-schema.ts from @cdktf/provider-aws ${version} (${license}); what the modules use, and nothing else.`,
    provider: { source: cdktf.provider.name, version: cdktf.provider.version },
    resources: all('resource'),
    data: all('data')
  }
  writeFileSync(SCHEMA_FILE, `${JSON.stringify(schema, null, 2)}\n`)
}

if (import.meta.main) {
  const [, , folder] = process.argv
  if (folder === undefined)
    throw new Error('Say where the unpacked package is: node scripts/terraform-schema.ts FOLDER')
  await main(folder)
}
