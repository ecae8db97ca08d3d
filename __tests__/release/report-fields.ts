/** The part of JSON Schema that docs/report.schema.json is written in. */
export interface Schema {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly string[]
  readonly const?: string | number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly $defs?: Readonly<Record<string, Schema>>
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The tables of docs/report.md: every field by its path, with type and meaning. */
export function fieldTables(schema: Schema): string {
  const { deployment = {}, timelineEvent = {} } = schema.$defs ?? {}
  const kinds = (timelineEvent.oneOf ?? []).flatMap((event) => {
    const { at, kind, ...facts } = event.properties ?? {}
    if (!at || kind?.const === undefined) throw new Error('a timeline event has `at` and `kind`')
    return fields({ properties: facts }, '').map((row) => `| \`${kind.const}\` ${row}`)
  })
  return [
    table('Field', fields(schema, '')),
    '### `deployment` and `rollbackDeployment`',
    table('Field', fields(deployment, '')),
    '### `timeline[]`',
    'Each event has `at` (when it was seen, a time) and `kind`; the other fields depend on its kind.',
    ['| Kind | Field | Type | Meaning |', '| --- | --- | --- | --- |', ...kinds].join('\n')
  ].join('\n\n')
}

function table(first: string, rows: readonly string[]): string {
  return [`| ${first} | Type | Meaning |`, '| --- | --- | --- |', ...rows].join('\n')
}

function fields(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`
    if (field.description === undefined) throw new Error(`${path} has no description`)
    const row = `| \`${path}\` | ${typeOf(field)} | ${field.description} |`
    const inner = field.items?.properties ? `${path}[].` : `${path}.`
    return [row, ...fields(field.items ?? field, inner)]
  })
}

function typeOf(field: Schema): string {
  if (field.const !== undefined) return `\`${field.const}\``
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ')
  if (field.anyOf) return 'object or null'
  const types = typeof field.type === 'string' ? [field.type] : (field.type ?? [])
  const named = types.map((type) => (type === 'string' && field.format ? 'time' : type))
  const items = field.items?.type
  return named.join(' or ') + (typeof items === 'string' ? ` of ${items}s` : '')
}
