/** An ARN up to white space, a quote or a bracket, without the full stop that ends a sentence. */
const ARN = /\barn:aws[\w-]*:[^\s"'()<>[\],;]*[^\s"'()<>[\],;.:]/g

/**
 * What a person, AWS or an error says, as a clause of a sentence of ours: on one line, without
 * its full stop, and with the names of things instead of their ARNs. Undefined if it says
 * nothing.
 */
export function asClause(text: string | undefined): string | undefined {
  const line = (text ?? '').replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return line === '' ? undefined : line.replace(ARN, nameIn)
}

/** The name in an ARN: its last part behind a slash, or behind a colon if it has no slash. */
export function nameIn(arn: string): string {
  return arn.split(arn.includes('/') ? '/' : ':').at(-1) ?? arn
}
