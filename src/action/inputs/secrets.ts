/** Words that give a secret away in a name: `DB_PASSWORD`, `apiKey`, `splunk-token`. */
const SECRET_WORD =
  /pass(?:word|wd|phrase)|secret|token|credential|api_?key|(?:^|_)(?:key|pwd|pass|pin|dsn|jwt|salt)(?:$|_)/
/** What is about a secret without being one: `TOKEN_URL`, `SECRET_ARN`. */
const ABOUT_A_SECRET = /(?:^|_)(?:url|uri|arn|name|path|file|ttl|id)$/
/** `user:password@` of a URL. */
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i
/** Shorter values (`1`, `true`, `prod`) would blank out half the log. */
const SHORTEST = 8

/**
 * What must never be readable in the log, found in lines of `NAME=value`: of
 * each value that its name, or a password in a URL, gives away as a secret, the
 * forms it could be printed in (as it is, and escaped for JSON, for a URL, in
 * base64). Lenient, so that it also works on lines that will be refused.
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
