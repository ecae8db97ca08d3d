import { isMapping } from '../../documents/mapping.ts'

/**
 * The values of `{{env.NAME}}` in a secret's text, `{"NAME": "value"}`.
 * Throws an Error that says what is wrong and repeats nothing of it.
 */
export function readValues(text: string): Readonly<Record<string, string>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('the secret of the verification holds no JSON')
  }
  if (!isMapping(value)) throw new Error('the secret of the verification is no JSON object')
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  )
}
