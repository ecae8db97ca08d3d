/** Words in a name that mark a secret: `DB_PASSWORD`, `apiKey`, `splunk-token`. */
const SECRET_WORD =
  /pass(?:word|wd|phrase)|secret|token|credential|api_?key|(?:^|_)(?:key|pwd|pass|pin|dsn|jwt|salt)(?:$|_)/
/** Endings of names that only refer to a secret: `TOKEN_URL`, `SECRET_ARN`. */
const ABOUT_A_SECRET = /(?:^|_)(?:url|uri|arn|name|path|file|ttl|id)$/
/** `user:password@` in a URL. */
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i
/** If shorter values (`1`, `true`, `prod`) were masked, much of the log would be unreadable. */
const SHORTEST = 8

/**
 * The texts that must never be readable in the log, found in lines of `NAME=value`. A value
 * is secret if its name says so, or if it is a URL with a password. Each is returned in
 * every form in which it could be printed: as it is, escaped for JSON, escaped for a URL, in
 * base64. The reading is lenient, so that it also works on lines that will be refused.
 */
export function secretsIn(texts: readonly string[]): string[] {
  const secrets = texts
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => {
      const [, name = '', value = ''] = /^\s*([^=]*)=(.*?)\s*$/.exec(line) ?? []
      const password = URL_PASSWORD.exec(value)?.[1]
      return [
        ...(isSecret(name) ? [value] : []),
        ...(password === undefined ? [] : [password, decoded(password)])
      ]
    })
  const masks = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(spellings)
  return [...new Set(masks)]
}

/** The variables of container overrides, as lines of `NAME=value`. */
export function overriddenVariables(text: string): string[] {
  const pairs = /"name"\s*:\s*("(?:[^"\\]|\\.)*")\s*,\s*"value"\s*:\s*("(?:[^"\\]|\\.)*")/g
  const reversed = /"value"\s*:\s*("(?:[^"\\]|\\.)*")\s*,\s*"name"\s*:\s*("(?:[^"\\]|\\.)*")/g
  return [
    ...[...text.matchAll(pairs)].map(([, name, value]) => [name, value]),
    ...[...text.matchAll(reversed)].map(([, value, name]) => [name, value])
  ].flatMap(([name, value]) => {
    const [plainName, plainValue] = [unquoted(name), unquoted(value)]
    return plainName === undefined || plainValue === undefined ? [] : [`${plainName}=${plainValue}`]
  })
}

function unquoted(text: string | undefined): string | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function isSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
  return SECRET_WORD.test(words) && !ABOUT_A_SECRET.test(words)
}

function spellings(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    Buffer.from(secret).toString('base64')
  ]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
