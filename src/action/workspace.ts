import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Files } from '../documents/files.ts'
import type { Io } from './io.ts'

/**
 * ENAMETOOLONG counts as no file, because a name that is too long for a file may still be a
 * family with a revision.
 */
const NOTHING_THERE = new Set<unknown>(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'])

/** The files of the job, by paths that are absolute or relative to the workspace. */
export function openFiles(env: Io['env']): Files {
  const workspace = resolve(env.GITHUB_WORKSPACE ?? '.')
  return {
    anywhere: (path) => readFile(resolve(workspace, path), 'utf8'),
    isFile: async (path) => {
      try {
        return (await stat(resolve(workspace, path))).isFile()
      } catch (error) {
        // If a file exists but may not be looked at, the code that reads it reports the error.
        return !NOTHING_THERE.has(codeOf(error))
      }
    },
    async inWorkspace(path) {
      // The real path is compared, because a link may lead out of the workspace.
      const real = await realpath(resolve(workspace, path))
      const from = relative(await realpath(workspace), real)
      if (from === '..' || from.startsWith(`..${sep}`) || isAbsolute(from)) {
        throw new Error('it leads out of the workspace')
      }
      return readFile(real, 'utf8')
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
