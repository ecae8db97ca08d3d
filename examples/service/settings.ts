import { BUGS, isBug } from './bugs.ts'
import type { Bug } from './bugs.ts'

/** `required`: a token is good for one order; `shared`: for any number of them within its hour. */
export const QUEUES = ['required', 'shared'] as const
export type Queue = (typeof QUEUES)[number] | 'open'

export interface Settings {
  readonly version: string
  readonly host: string
  readonly port: number
  readonly bug: Bug | undefined
  /** How long a slow path takes. */
  readonly slowMs: number
  /** Whether an order needs a token of the queue, and for how many orders one is good. */
  readonly queue: Queue
  /** The one account there is. */
  readonly user: string
  readonly password: string
  readonly storage: StorageSettings
}

/** What is undefined stays in the process. */
export interface StorageSettings {
  readonly file: string | undefined
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly mongodbUrl: string | undefined
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Throws one error with all that is wrong: a misspelt fault that is ignored
 * would be released as a version without one.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = []
  // Compose and task definitions can only empty a variable, not remove it.
  const text = (name: string): string | undefined => environment[name] || undefined
  const whole = (name: string, fallback: number, highest: number): number => {
    const value = text(name) ?? String(fallback)
    if (/^\d{1,10}$/.test(value) && Number(value) <= highest) return Number(value)
    problems.push(`${name} is a whole number from 0 to ${highest}, not "${value}"`)
    return fallback
  }
  const bug = text('BUG')
  if (bug !== undefined && !isBug(bug)) {
    problems.push(`BUG is one of ${BUGS.join(', ')}, not "${bug}"`)
  }
  const wanted = text('QUEUE')
  const queue = QUEUES.find((each) => each === wanted)
  if (wanted !== undefined && queue === undefined) {
    problems.push(`QUEUE is one of ${QUEUES.join(', ')} or not set, not "${wanted}"`)
  }
  const parts = DATABASE_PARTS.filter((name) => text(name) !== undefined)
  const missing = DATABASE_PARTS.filter((name) => text(name) === undefined)
  if (parts.length > 0 && text('DATABASE_URL') !== undefined) {
    problems.push(`DATABASE_URL is given alone, without ${parts.join(', ')}`)
  } else if (parts.length > 0 && missing.length > 0) {
    problems.push(`${parts.join(', ')} ${parts.length > 1 ? 'need' : 'needs'} ${missing.join(', ')}`)
  }
  const settings: Settings = {
    version: text('APP_VERSION') ?? 'dev',
    host: text('HOST') ?? '0.0.0.0',
    port: whole('PORT', 8080, 65_535),
    bug: bug !== undefined && isBug(bug) ? bug : undefined,
    slowMs: whole('SLOW_MS', 2000, LONGEST_TIMER_MS),
    queue: queue ?? 'open',
    user: text('LOGIN_USER') ?? 'minji',
    password: text('LOGIN_PASSWORD') ?? 'tea-time',
    storage: {
      file: text('STORE_FILE'),
      databaseUrl:
        text('DATABASE_URL') ?? (missing.length === 0 ? databaseUrl(environment) : undefined),
      redisUrl: text('REDIS_URL'),
      mongodbUrl: text('MONGODB_URL')
    }
  }
  if (problems.length > 0) throw new Error(problems.join('; '))
  return settings
}

/** A database as RDS hands it over: its secret has user and password, and changes without the rest. */
const DATABASE_PARTS = ['DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_USER', 'DATABASE_PASSWORD'] as const

/** RDS takes connections with TLS alone (parameter rds.force_ssl, on since PostgreSQL 15); its certificate is checked. */
function databaseUrl(environment: Readonly<Record<string, string | undefined>>): string {
  const [host = '', name = '', user = '', password = ''] = DATABASE_PARTS.map((part) =>
    encodeURIComponent(environment[part] ?? '')
  )
  return `postgresql://${user}:${password}@${host}:5432/${name}?sslmode=verify-full`
}
