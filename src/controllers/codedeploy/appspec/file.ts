import { textOf, namingInput, type Files } from '../../../documents/files.ts'
import { DocumentError, parseDocument } from '../../../documents/parse.ts'
import { ProblemsError } from '../../../documents/problems.ts'
import type { AppSpecSource } from '../../../release/settings.ts'
import type { AppSpec } from './model.ts'
import { parseAppSpec } from './parse.ts'
import { say } from '../../../words/say.ts'

/** The file from which an AppSpec is read, if there is one. */
export interface AppSpecOrigin {
  /** Undefined if the AppSpec is generated from what serves now. */
  readonly path: string | undefined
  /** Whether an input names the file. */
  readonly isGiven: boolean
  /** Why the AppSpec comes from there. */
  readonly why: string
  /** Files of the workspace that look like an AppSpec, but are not read. */
  readonly unread: readonly string[]
}

const INPUT = 'codedeploy-appspec'

/**
 * The file that the official deploy action reads if `codedeploy-appspec` is not set (its
 * action.yml).
 */
const DEFAULT_PATH = 'appspec.yaml'
const LOOKALIKES = ['appspec.yml', 'appspec.json']

/** Tells people how to do without the file that was found. */
export const wayOut = (): string =>
  say`correct it, name another one in \`codedeploy-appspec\`, or set \`codedeploy-appspec: generate\``

async function findAppSpec(
  source: AppSpecSource,
  files: { readonly isFile: (path: string) => Promise<boolean> }
): Promise<AppSpecOrigin> {
  if (source.kind === 'file') {
    return {
      path: source.path,
      isGiven: true,
      why: say`as \`codedeploy-appspec\` says`,
      unread: []
    }
  }
  if (source.kind === 'generate') {
    return { path: undefined, isGiven: false, why: source.why, unread: [] }
  }
  const [isThere, ...alike] = await Promise.all([DEFAULT_PATH, ...LOOKALIKES].map(files.isFile))
  return {
    path: isThere ? DEFAULT_PATH : undefined,
    isGiven: false,
    why: isThere
      ? say`the workspace's own: \`codedeploy-appspec\` is not set`
      : say`the workspace holds no ${DEFAULT_PATH}`,
    unread: LOOKALIKES.filter((_, index) => alike[index])
  }
}

/** The AppSpec and where it comes from. */
export interface AppSpecFile {
  /** Undefined if it is to be generated. */
  readonly appSpec: AppSpec | undefined
  readonly origin: AppSpecOrigin
}

/** Errors: ProblemsError. */
export async function readAppSpecFile(source: AppSpecSource, files: Files): Promise<AppSpecFile> {
  const origin = await findAppSpec(source, files)
  const { path, isGiven } = origin
  if (path === undefined) return { appSpec: undefined, origin }
  try {
    const text = await textOf(files, INPUT, path, 'anywhere')
    // A DocumentError's problems already name the file, so only the others get its path.
    const where = (error: ProblemsError): string =>
      error instanceof DocumentError ? '' : `${path}: `
    const appSpec = await namingInput(INPUT, () => parse(text, path), where)
    return { appSpec, origin }
  } catch (error) {
    if (isGiven || !(error instanceof ProblemsError)) throw error
    throw new ProblemsError([
      ...error.problems,
      say`\`${INPUT}\` is not set, so ${path} of the workspace is read, as the official deploy action does: ${wayOut()}`
    ])
  }
}

async function parse(text: string, path: string): Promise<AppSpec> {
  return parseAppSpec(await parseDocument(text, path, { overwritten: 'TaskDefinition' }))
}
