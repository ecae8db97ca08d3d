import { isMapping, mappingsIn } from '../documents/mapping.ts'

/** Shorter values, such as a port or a log level, are no secrets, and hiding them hides the line. */
const SHORTEST_SECRET = 6
const MASK = '***'

/** What looks like a credential, wherever it stands. */
const CREDENTIALS: readonly RegExp[] = [
  // Ids of AWS access keys (IAM User Guide, "IAM identifiers", unique id prefixes).
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  // Tokens of GitHub and Slack.
  /\bgh[a-z]_[A-Za-z0-9]{20,}\b|\bgithub_pat_\w{20,}\b|\bxox[a-z]-[\w-]{10,}/g,
  // JSON Web Tokens.
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  // Key blocks, as far as they are on this line.
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g,
  // The password in a URL.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+(?=@)/gi,
  /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{6,}/gi,
  // `password=...`, `"api_key": "..."` and their like.
  /(?<=(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|credential)s?["']?\s*[=:]\s*["']?)[^\s"',;&}]+/gi
]

/**
 * Returns a function that hides the values of environment variables of a task definition, and
 * what looks like a credential. What the inputs hold the runner hides by itself.
 */
export function maskerFor(taskDefinition: unknown): (text: string) => string {
  const containers = isMapping(taskDefinition) ? taskDefinition['containerDefinitions'] : undefined
  const values = mappingsIn(containers)
    .flatMap((container) => mappingsIn(container['environment']))
    .flatMap(({ value }) => (typeof value === 'string' ? value.split(/[\r\n]+/) : []))
    .filter((value) => value.trim().length >= SHORTEST_SECRET)
    // A value may be a part of another one.
    .sort((one, other) => other.length - one.length)
  return (text) => {
    const withoutValues = values.reduce((rest, value) => rest.replaceAll(value, MASK), text)
    return CREDENTIALS.reduce((rest, pattern) => rest.replace(pattern, MASK), withoutValues)
  }
}
