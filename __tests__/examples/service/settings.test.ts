import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { BUGS } from '../../../examples/service/bugs.ts'
import { readSettings } from '../../../examples/service/settings.ts'
import { describeUnless, onPath } from '../../helpers/needs.ts'

const read = (name: string): string =>
  readFileSync(new URL(`../../../examples/service/${name}`, import.meta.url), 'utf8')

describe('the settings', () => {
  const DEFAULTS = {
    version: 'dev',
    host: '0.0.0.0',
    port: 8080,
    bug: undefined,
    slowMs: 2000,
    queue: 'open',
    user: 'minji',
    password: 'tea-time',
    storage: {
      file: undefined,
      databaseUrl: undefined,
      redisUrl: undefined,
      mongodbUrl: undefined
    }
  }

  it('have defaults, which an empty variable does not change', () => {
    expect(readSettings({})).toEqual(DEFAULTS)
    expect(readSettings({ BUG: '', PORT: '', QUEUE: '', DATABASE_URL: '', SLOW_MS: '' })).toEqual(
      DEFAULTS
    )
  })

  it('are what the environment says', () => {
    expect(
      readSettings({ PORT: '0', SLOW_MS: '5', QUEUE: 'required', BUG: 'slow', STORE_FILE: 'a.db' })
    ).toMatchObject({
      port: 0,
      slowMs: 5,
      queue: 'required',
      bug: 'slow',
      storage: { file: 'a.db' }
    })
  })

  it('take a database in parts, as the secret of RDS has them', () => {
    const parts = {
      DATABASE_HOST: 'production.abc.eu-central-1.rds.amazonaws.com',
      DATABASE_NAME: 'app',
      DATABASE_USER: 'dbadmin',
      DATABASE_PASSWORD: 'a/b:c@d?e#f%g'
    }
    const { databaseUrl = '' } = readSettings(parts).storage
    const url = new URL(databaseUrl)
    expect(decodeURIComponent(url.password)).toBe('a/b:c@d?e#f%g')
    expect([url.hostname, url.port, url.pathname, url.search]).toEqual([
      parts.DATABASE_HOST,
      '5432',
      '/app',
      '?sslmode=verify-full'
    ])
    expect(() => readSettings({ ...parts, DATABASE_PASSWORD: '', DATABASE_NAME: '' })).toThrow(
      'DATABASE_HOST, DATABASE_USER need DATABASE_NAME, DATABASE_PASSWORD'
    )
    expect(() => readSettings({ ...parts, DATABASE_URL: 'postgresql://a' })).toThrow(
      'DATABASE_URL is given alone, without DATABASE_HOST'
    )
  })

  it('are refused with all that is wrong', () => {
    expect(() =>
      readSettings({ PORT: '70000', SLOW_MS: '1s', BUG: 'payment-lots', QUEUE: 'yes' })
    ).toThrow(
      `BUG is one of ${BUGS.join(', ')}, not "payment-lots"; ` +
        'QUEUE is one of required, shared or not set, not "yes"; ' +
        'PORT is a whole number from 0 to 65535, not "70000"; ' +
        'SLOW_MS is a whole number from 0 to 2147483647, not "1s"'
    )
  })
})

describe('the README', () => {
  it.each([...BUGS])('says what BUG=%s does', (bug) => {
    expect(read('README.md')).toMatch(new RegExp(`^\\| \`${bug}\` \\|`, 'm'))
  })

  it('names every variable', () => {
    const names = [...read('settings.ts').matchAll(/(?:text|whole)\('(\w+)'/g)].map(
      ([, name]) => name
    )
    expect(names.length).toBeGreaterThan(10)
    const missing = names.filter((name) => !read('README.md').includes(`\`${name ?? ''}\``))
    expect(missing).toEqual([])
  })
})

describe('the compose file', () => {
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { environment?: object; depends_on?: object; healthcheck?: object }>
  }

  it('sets nothing that the service does not know', () => {
    const settings = read('settings.ts')
    const names = Object.keys(services.orders?.environment ?? {})
    expect(names).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'MONGODB_URL']))
    expect(names.filter((name) => !settings.includes(`'${name}'`))).toEqual([])
  })

  it('waits for all that it stores in', () => {
    const stores = Object.keys(services).filter((name) => name !== 'orders')
    expect(Object.keys(services.orders?.depends_on ?? {})).toEqual(stores)
    expect(stores.filter((name) => !services[name]?.healthcheck)).toEqual([])
  })
})

/**
 * Published Compose schemas, which are not ours to ship: that of compose-go, by which Docker
 * Compose judges a file, and that of the PyPI package docker-compose, by which Compose v1 did.
 */
const SCHEMAS = onPath('compose-schemas')

describeUnless(
  SCHEMAS === undefined ? 'no compose-schemas on the PATH' : undefined,
  'the compose file, by a published schema',
  () => {
    it.each(['compose-spec.json', 'compose-v1.json'])('%s', (name) => {
      // The older one names draft 2019-09, and has ids as draft 4 had.
      const isOld = (key: string, value: unknown): boolean =>
        typeof value === 'string' && (key === '$schema' || key === 'id')
      const schema = JSON.parse(
        readFileSync(join(SCHEMAS ?? '', name), 'utf8'),
        (key, value: unknown) => (isOld(key, value) ? undefined : value)
      ) as object
      const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
      const validate = ajv.compile(schema)
      const file: unknown = parse(read('compose.yaml'))
      expect([validate(file), validate.errors]).toEqual([true, null])
      expect(validate({ ...(file as object), nothing: 1 })).toBe(false)
    })
  }
)
