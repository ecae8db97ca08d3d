import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Files } from '../documents/files.ts'
import { textInUtf8 } from '../documents/utf8.ts'
import type { Io } from './io.ts'
import { say } from '../words/say.ts'

/**
 * ENAMETOOLONG counts as no file, because a name that is too long for a file may still be a
 * family with a revision.
 */
const NOTHING_THERE = new Set<string | undefined>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/** Node's own words name the path on the runner, and people have written another one. */
function reasonOf(code: string): string {
  switch (code) {
    case 'ENOENT':
      return say`there is no such file`
    case 'ENOTDIR':
      return say`a part of the path is a file, not a folder`
    case 'EISDIR':
      return say`it is a folder`
    case 'EACCES':
    case 'EPERM':
      return say`the job may not read it`
    case 'ELOOP':
      return say`its links lead round in a circle`
    case 'ENAMETOOLONG':
      return say`the name is too long for a file`
    default:
      return say`the runner's file system says ${code}`
  }
}

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
          throw new Error(say`it leads out of the workspace`)
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
    throw new Error(reasonOf(code), {
      cause: error
    })
  }
  return textInUtf8(bytes, path)
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
