import { describe, expect, it } from '@jest/globals'
import { parseInputs } from '../../../src/action/inputs/parse.ts'
import { InputError } from '../../../src/action/inputs/problems.ts'
import { secretsIn } from '../../../src/action/inputs/secrets.ts'

describe('secretsIn', () => {
  it.each([
    'DB_PASSWORD',
    'apiKey',
    'API_KEY',
    'splunk-token',
    'GITHUB_TOKEN',
    'CLIENT_SECRET',
    'JWT'
  ])('%s promises a secret', (name) => {
    expect(secretsIn([`${name}=correct horse`])).toContain('correct horse')
  })

  it.each(['LOG_LEVEL', 'MONKEY', 'KEYBOARD', 'TOKEN_URL', 'SECRET_ARN', 'COMPASS', 'AUTHOR'])(
    '%s does not',
    (name) => {
      expect(secretsIn([`${name}=correct horse`])).toEqual([])
    }
  )

  it('leaves short values, which would blank out the log', () => {
    expect(secretsIn(['PASSWORD=true\nTOKEN=1'])).toEqual([])
  })

  it('knows the forms a value may be printed in', () => {
    expect(secretsIn(['PASSWORD=a"b c\\d/é!'])).toEqual([
      'a"b c\\d/é!',
      'a\\"b c\\\\d/é!',
      'a%22b%20c%5Cd%2F%C3%A9!',
      'YSJiIGNcZC/DqSE='
    ])
  })

  it('finds the password in a URL', () => {
    expect(secretsIn(['DATABASE=postgres://shop:s3cr%40t-pw@db:5432/shop'])).toEqual(
      expect.arrayContaining(['s3cr%40t-pw', 's3cr@t-pw'])
    )
  })

  it('survives text that is not well-formed', () => {
    expect(secretsIn(['PASSWORD=\ud800abcdefgh', 'X=redis://:%zz-broken@h'])).toEqual(
      expect.arrayContaining(['\ud800abcdefgh', '%zz-broken'])
    )
  })
})

describe('parseInputs', () => {
  const env = {
    INPUT_SERVICE: 'shop',
    'INPUT_CONTAINER-NAME': 'app',
    'INPUT_ENVIRONMENT-VARIABLES': 'DB_PASSWORD=correct horse\nLEVEL=debug-level'
  }

  it('hands out what to mask', () => {
    expect(parseInputs(env).secretsToMask).toContain('correct horse')
    expect(parseInputs(env).secretsToMask).not.toContain('debug-level')
  })

  it('hands it out with the problems too, even for an input that is refused', () => {
    const bad = { ...env, 'INPUT_ENVIRONMENT-VARIABLES': 'no pair\nDB_PASSWORD=correct horse' }
    expect(() => parseInputs(bad)).toThrow(InputError)
    expect(() => parseInputs(bad)).toThrow(
      expect.objectContaining({ secretsToMask: expect.arrayContaining(['correct horse']) })
    )
  })
})
