import { ProblemsError } from './problems.ts'
import { say } from '../words/say.ts'

/**
 * The job's files. `anywhere` and `inWorkspace` reject if the file cannot be read, with a
 * reason that names no path, and with a ProblemsError if the file is not in UTF-8.
 */
export interface Files {
  readonly anywhere: (path: string) => Promise<string>
  /** Also rejects if the file lies outside the workspace. */
  readonly inWorkspace: (path: string) => Promise<string>
  /** Whether the path, relative to the workspace, leads to a file. */
  readonly isFile: (path: string) => Promise<boolean>
}

type Reader = 'anywhere' | 'inWorkspace'

function wanted(from: Reader): string {
  return from === 'anywhere'
    ? say`relative to the workspace, or absolute`
    : say`within the workspace`
}

/** Returns the text of the file that an input names. Errors: ProblemsError that names the input and what it takes. */
export async function textOf(
  files: Files,
  input: string,
  path: string,
  from: Reader
): Promise<string> {
  try {
    return await files[from](path)
  } catch (error) {
    if (error instanceof ProblemsError) {
      throw new ProblemsError(error.problems.map((problem) => `\`${input}\`: ${problem}`))
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemsError([
      say`\`${input}\`: cannot read "${path}": ${reason}; give a path ${wanted(from)}, and check out the repository first`
    ])
  }
}

/**
 * Reads an input's file with `read`. If the file has a problem, its message begins with the
 * input's name.
 */
export async function namingInput<T>(
  input: string,
  read: () => Promise<T>,
  where: (error: ProblemsError) => string = () => ''
): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    const before = `\`${input}\`: ${where(error)}`
    throw new ProblemsError(error.problems.map((problem) => before + problem))
  }
}
