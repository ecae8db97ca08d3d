import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { awsCli } from '../../../src/gate/cli/setup/aws-cli.ts'
import { AwsCliError, IN_FILE } from '../../../src/gate/cli/setup/ports.ts'

const PATH = process.env['PATH']
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-cli-'))
})
afterEach(() => {
  process.env['PATH'] = PATH
  rmSync(folder, { recursive: true })
})

/** Puts an `aws` onto the PATH that does this. */
function aws(script: string): void {
  writeFileSync(join(folder, 'aws'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'aws'), 0o755)
  process.env['PATH'] = `${folder}:${PATH}`
}

test('what it prints is the answer', async () => {
  aws('echo "$AWS_PAGER$1 $2"')
  expect(await awsCli(['sts', 'get-caller-identity'])).toBe('sts get-caller-identity\n')
})

test("what it refuses is told with its words and AWS's code", async () => {
  aws('echo "An error occurred (AccessDenied) when calling the X operation: no" >&2; exit 254')
  const refused = await awsCli(['s3api', 'put-object', '--bucket', 'b']).catch(
    (error: unknown) => error
  )
  expect(refused).toBeInstanceOf(AwsCliError)
  expect(refused).toMatchObject({
    code: 'AccessDenied',
    message:
      'aws s3api put-object failed: An error occurred (AccessDenied) when calling the X operation: no'
  })
})

test('without one it is said that it is needed', async () => {
  process.env['PATH'] = folder
  await expect(awsCli(['sts', 'x'])).rejects.toThrow(
    'aws sts x could not be run: the AWS CLI is needed on the PATH'
  )
})

test('threat: secrets: a text is in a file of this user alone, while the command runs', async () => {
  aws(`echo "$3" > ${folder}/name; f="\${3#file://}"; ls -l "$f" | cut -c1-10; cat "$f"`)
  expect(await awsCli(['a', 'b', IN_FILE], 'a secret')).toBe('-rw-------\na secret')
  const name = readFileSync(join(folder, 'name'), 'utf8').trim().replace('file://', '')
  expect(existsSync(name)).toBe(false)
})
