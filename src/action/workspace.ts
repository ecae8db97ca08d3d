import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Files } from '../documents/files.ts'
import { textInUtf8 } from '../documents/utf8.ts'
import type { Io } from './io.ts'

/**
 * ENAMETOOLONG counts as no file, because a name that is too long for a file may still be a
 * family with a revision.
 */
const NOTHING_THERE = new Set<string | undefined>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/** Node's own words name the path on the runner, and people have written another one. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'the job may not read it'],
  ['EPERM', 'the job may not read it'],
  ['ELOOP', 'its links lead round in a circle'],
  ['ENAMETOOLONG', 'the name is too long for a file']
])

/** The files of the job, by paths that are absolute or relative to the workspace. */
export function openFiles(env: Io['env']): Files {
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  return {
    anywhere: (path) => read(path, () => Promise.resolve(resolve(workspace, path))),
    isFile: async (path) => {
      try {
        return (await stat(resolve(workspace, path))).isFile()
      } catch (error) {
        // If a file exists but may not be looked at, the code that reads it reports the error.
        return !NOTHING_THERE.has(codeOf(error))
      }
    },
    inWorkspace: (path) =>
      read(path, async () => {
        // The real path is compared, because a link may lead out of the workspace.
        const real = await realpath(resolve(workspace, path))
        const from = relative(await realpath(workspace), real)
        if (from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from)) {
          throw new Error('it leads out of the workspace')
        }
        return real
      })
  }
}

async function read(path: string, whereIs: () => Promise<string>): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(await whereIs())
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    throw new Error(REASONS.get(code) ?? `the runner's file system says ${code}`, {
      cause: error
    })
  }
  return textInUtf8(bytes, path)
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
