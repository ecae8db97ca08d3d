import { parseAppSpec } from '../controllers/codedeploy/appspec/parse.ts'
import type { AppSpec } from '../controllers/codedeploy/appspec/model.ts'
import type { Mapping } from '../documents/mapping.ts'
import { DocumentError, parseDocument } from '../documents/parse.ts'
import { ProblemsError } from '../documents/problems.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'
import { findAppSpec, WAY_OUT, type AppSpecOrigin } from '../controllers/codedeploy/appspec/file.ts'

/** The files that the inputs name, read and parsed. */
export interface Documents {
  readonly taskDefinition: Mapping | undefined
  readonly appSpec: AppSpec | undefined
  readonly appSpecOrigin: AppSpecOrigin
  readonly verification: Verification | undefined
}

/** The job's files; the readers reject where there is none to read. */
export interface Files {
  readonly anywhere: (path: string) => Promise<string>
  /** Rejects also where the file is none of the workspace's. */
  readonly inWorkspace: (path: string) => Promise<string>
  /** Whether the path, relative to the workspace, leads to a file. */
  readonly isFile: (path: string) => Promise<boolean>
}

type Reader = 'anywhere' | 'inWorkspace'
const WANTED: Readonly<Record<Reader, string>> = {
  anywhere: 'relative to the workspace, or absolute',
  inWorkspace: 'within the workspace'
}

/** Reads every file before the first network call. Errors: Refused with all problems of all files. */
export async function readDocuments(settings: Settings, files: Files): Promise<Documents> {
  const problems: string[] = []
  const source = settings.taskDefinition
  const { verificationPath } = settings
  const appSpecOrigin = await findAppSpec(settings.appSpec, files)
  const [taskDefinition, appSpec, verification] = await Promise.all([
    readTaskDefinition(source),
    appSpecOrigin.path === undefined ? undefined : readAppSpec(appSpecOrigin.path),
    verificationPath === undefined ? undefined : readVerification(verificationPath)
  ])
  if (problems.length > 0) throw new Refused(problems)
  return { taskDefinition, appSpec, appSpecOrigin, verification }

  async function readTaskDefinition(
    named: Settings['taskDefinition']
  ): Promise<Mapping | undefined> {
    const input = 'task-definition'
    if (named.kind === 'reference' && named.mayBePath && (await files.isFile(named.reference))) {
      const name = named.reference
      problems.push(
        `\`${input}\`: "${name}" is a file in the workspace, and could be a family of task ` +
          `definitions as well; write \`${input}: ./${name}\` for the file, or ` +
          `${familyInput(name)} for the family`
      )
    }
    if (named.kind !== 'file') return undefined
    const text = await textOf(input, named.path, 'anywhere')
    try {
      return text === undefined ? undefined : await parseDocument(text, named.path)
    } catch (error) {
      keep(input, error)
      return undefined
    }
  }

  async function readAppSpec(path: string): Promise<AppSpec | undefined> {
    const input = 'codedeploy-appspec'
    const text = await textOf(input, path, 'anywhere')
    try {
      if (text === undefined) return undefined
      return parseAppSpec(await parseDocument(text, path, { overwritten: 'TaskDefinition' }))
    } catch (error) {
      // Those of a document say themselves in which file they are.
      keep(input, error, error instanceof DocumentError ? '' : `${path}: `)
      if (!appSpecOrigin.isGiven) {
        problems.push(
          `\`${input}\` is not set, so ${path} of the workspace is read, as the official deploy ` +
            `action does: ${WAY_OUT}`
        )
      }
      return undefined
    }
  }

  async function readVerification(path: string): Promise<Verification | undefined> {
    const text = await textOf('verification', path, 'inWorkspace')
    // Only who verifies pays for it.
    const { parseVerification } = await import('../verification/file/parse.ts')
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

  async function textOf(input: string, path: string, from: Reader): Promise<string | undefined> {
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

  function keep(input: string, error: unknown, where = ''): void {
    if (!(error instanceof ProblemsError)) throw error
    problems.push(...error.problems.map((problem) => `\`${input}\`: ${where}${problem}`))
  }
}

/** An input that can only mean a family; `task-definition` with a revision is none: a file may be called so. */
function familyInput(name: string): string {
  const [family, revision] = name.split(':')
  const ofRevision = revision === undefined ? '' : ` and \`task-definition-revision: ${revision}\``
  return `\`task-definition-family: ${family ?? name}\`${ofRevision}`
}
