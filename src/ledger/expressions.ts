import type { Change, Condition, Path, Value } from './table.ts'

/** An update as DynamoDB takes it; names and values are placeholders throughout. */
export interface Expressions {
  readonly UpdateExpression: string
  readonly ConditionExpression: string
  readonly ExpressionAttributeNames: Record<string, string>
  readonly ExpressionAttributeValues: Record<string, Value> | undefined
}

/** The expressions of a conditional update of an item that must exist. */
export function expressionsOf(change: Change, conditions: readonly Condition[]): Expressions {
  const names = new Map<string, string>()
  const values: Record<string, Value> = {}
  const name = (path: Path): string => path.split('.').map(placeholder).join('.')
  const placeholder = (part: string): string => {
    const known = names.get(part) ?? `#n${names.size}`
    names.set(part, known)
    return known
  }
  const value = (of: Value): string => {
    const key = `:v${Object.keys(values).length}`
    values[key] = of
    return key
  }
  const sets = Object.entries(change.set ?? {}).map(([path, to]) => `${name(path)} = ${value(to)}`)
  const removes = (change.remove ?? []).map(name)
  const update = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : [])
  ]
  const terms = conditions.map((condition) => {
    const path = name(condition.path)
    switch (condition.is) {
      case 'absent':
        return `attribute_not_exists(${path})`
      case 'equal':
        return `${path} = ${value(condition.value)}`
      case 'below':
        return `${path} < ${value(condition.value)}`
      case 'at-least':
        return `${path} >= ${value(condition.value)}`
      case 'size':
        return `size(${path}) = ${value(condition.value)}`
      case 'size-at-least':
        return `size(${path}) >= ${value(condition.value)}`
    }
  })
  return {
    UpdateExpression: update.join(' '),
    // An update without it would create what is not there.
    ConditionExpression: [`attribute_exists(${name('pk')})`, ...terms].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...names].map(([part, key]) => [key, part])),
    ExpressionAttributeValues: Object.keys(values).length > 0 ? values : undefined
  }
}
