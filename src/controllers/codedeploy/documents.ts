import { parseAppSpec } from '../../appspec/parse.ts'
import type { AppSpec } from '../../appspec/model.ts'
import type { Mapping } from '../../documents/mapping.ts'
import { parseDocument } from '../../documents/parse.ts'
import { ProblemsError } from '../../documents/problems.ts'
import { Refused } from '../../release/refusal.ts'
import type { Settings } from '../../release/settings.ts'
import type { Verification } from '../../verification/file/model.ts'

/** The files that the inputs name, read and parsed. */
export interface Documents {
  readonly taskDefinition: Mapping | undefined
  readonly appSpec: AppSpec | undefined
  readonly verification: Verification | undefined
}

/** The job's files; both reject where there is none to read. */
export interface Files {
  readonly anywhere: (path: string) => Promise<string>
  /** Rejects also where the file is none of the workspace's. */
  readonly inWorkspace: (path: string) => Promise<string>
}

const WANTED: Readonly<Record<keyof Files, string>> = {
  anywhere: 'relative to the workspace, or absolute',
  inWorkspace: 'within the workspace'
}

/** Reads every file before the first network call. Errors: Refused with all problems of all files. */
export async function readDocuments(settings: Settings, files: Files): Promise<Documents> {
  const problems: string[] = []
  const source = settings.taskDefinition
  const { appSpecPath, verificationPath } = settings
  const [taskDefinition, appSpecDocument, verification] = await Promise.all([
    source.kind === 'file' ? read('task-definition', source.path) : undefined,
    appSpecPath === undefined ? undefined : read('codedeploy-appspec', appSpecPath),
    verificationPath === undefined ? undefined : readVerification(verificationPath)
  ])
  const appSpec = appSpecDocument && collect(appSpecDocument, appSpecPath ?? '')
  if (problems.length > 0) throw new Refused(problems)
  return { taskDefinition, appSpec, verification }

  async function read(input: string, path: string): Promise<Mapping | undefined> {
    const text = await textOf(input, path, 'anywhere')
    try {
      return text === undefined ? undefined : await parseDocument(text, path)
    } catch (error) {
      keep(input, error)
      return undefined
    }
  }

  async function readVerification(path: string): Promise<Verification | undefined> {
    const text = await textOf('verification', path, 'inWorkspace')
    // Only who verifies pays for it.
    const { parseVerification } = await import('../../verification/file/parse.ts')
    try {
      const verification = text === undefined ? undefined : await parseVerification(text, path)
      // k6 reads it itself, much later; that it is there is found out now.
      const script = verification?.load?.script
      if (script !== undefined) await textOf('verification', script, 'inWorkspace')
      return verification
    } catch (error) {
      keep('verification', error)
      return undefined
    }
  }

  async function textOf(
    input: string,
    path: string,
    from: keyof Files
  ): Promise<string | undefined> {
    try {
      return await files[from](path)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      problems.push(
        `\`${input}\`: cannot read "${path}": ${reason}; give a path ${WANTED[from]}, ` +
          'and check out the repository first'
      )
      return undefined
    }
  }

  function collect(document: Mapping, path: string): AppSpec | undefined {
    try {
      return parseAppSpec(document)
    } catch (error) {
      keep('codedeploy-appspec', error, `${path}: `)
      return undefined
    }
  }

  function keep(input: string, error: unknown, where = ''): void {
    if (!(error instanceof ProblemsError)) throw error
    problems.push(...error.problems.map((problem) => `\`${input}\`: ${where}${problem}`))
  }
}
