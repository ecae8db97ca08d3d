import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, test } from '@jest/globals'
import { NOT_REQUIRED } from '../../scripts/checks/tally.ts'

/**
 * `describe` of what needs something that a machine may lack. Where it is `missing` the suite is
 * skipped and its name says for want of what; where it was asked for, as `.ci/run` does, that fails.
 */
export function describeUnless(missing: string | undefined, name: string, suite: () => void): void {
  if (missing === undefined) describe(name, suite)
  else if (process.env['REQUIRE_TOOLS'] === '1') {
    describe(name, () => {
      test('has what it needs', () => {
        throw new Error(missing)
      })
    })
  } else describe.skip(`${name} (skipped: ${missing})`, suite)
}

/**
 * `describe` of what needs a program that users bring. Where it is `missing` the suite is skipped
 * and its name says for want of what, on machines that must have every tool too.
 */
export function describeWhereBrought(
  missing: string | undefined,
  name: string,
  suite: () => void
): void {
  if (missing === undefined) describe(name, suite)
  else describe.skip(`${name} (skipped, ${NOT_REQUIRED}: ${missing})`, suite)
}

/** `describe` of what needs these commands. */
export function describeWith(commands: readonly string[], name: string, suite: () => void): void {
  const missing = commands.filter((command) => onPath(command) === undefined)
  const words = missing.length === 0 ? undefined : `no ${missing.join(', ')} on the PATH`
  describeUnless(words, name, suite)
}

/** Where a command is; undefined: it is not on the PATH. */
export function onPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path))
}
