import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Files } from '../documents/files.ts'
import type { Io } from './io.ts'

/** A name that is too long for a file may still be that of a family, with its revision. */
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
        // What is there and may not be looked at is for its reader to report.
        return !NOTHING_THERE.has(codeOf(error))
      }
    },
    async inWorkspace(path) {
      // Where it is, not where it says that it is: a link may lead anywhere.
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
