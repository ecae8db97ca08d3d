import type { ControlPlane, Documents } from '../controllers/control-plane.ts'
import { namingInput, textOf, type Files } from '../documents/files.ts'
import type { Mapping } from '../documents/mapping.ts'
import { parseDocument } from '../documents/parse.ts'
import { ProblemsError } from '../documents/problems.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'

/**
 * Reads every file that the inputs name, those of the control plane too.
 * Errors: Refused with all problems of all files.
 */
export async function readDocuments(
  settings: Settings,
  files: Files,
  readOwn: ControlPlane['readFiles']
): Promise<Documents> {
  const [taskDefinition, own, verification] = await Promise.all([
    attempt(() => readTaskDefinition(settings, files)),
    attempt(() => readOwn(files)),
    attempt(() => readVerification(settings, files))
  ])
  const problems = [taskDefinition, own, verification].flatMap((read) => read.problems)
  if (problems.length > 0) throw new Refused(problems)
  return {
    taskDefinition: taskDefinition.value,
    own: own.value,
    verification: verification.value
  }
}

/** What has been read, or what is wrong with it. */
interface Attempt<T> {
  readonly value: T | undefined
  readonly problems: readonly string[]
}

async function attempt<T>(read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await read(), problems: [] }
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    return { value: undefined, problems: error.problems }
  }
}

async function readTaskDefinition(
  { taskDefinition: named }: Settings,
  files: Files
): Promise<Mapping | undefined> {
  const input = 'task-definition'
  if (named.kind === 'reference' && named.mayBePath && (await files.isFile(named.reference))) {
    const name = named.reference
    throw new ProblemsError([
      `\`${input}\`: "${name}" is a file in the workspace, and could be a family of task ` +
        `definitions as well; write \`${input}: ./${name}\` for the file, or ` +
        `${familyInput(name)} for the family`
    ])
  }
  if (named.kind !== 'file') return undefined
  const text = await textOf(files, input, named.path, 'anywhere')
  return namingInput(input, () => parseDocument(text, named.path))
}

async function readVerification(
  { verificationPath: path }: Settings,
  files: Files
): Promise<Verification | undefined> {
  if (path === undefined) return undefined
  const input = 'verification'
  const text = await textOf(files, input, path, 'inWorkspace')
  // Only who verifies pays for it.
  const { parseVerification } = await import('../verification/file/parse.ts')
  const verification = await namingInput(input, () => parseVerification(text, path))
  // k6 reads it itself, much later; that it is there is found out now.
  const script = verification.load?.script
  if (script !== undefined) await textOf(files, input, script, 'inWorkspace')
  return verification
}

/** An input that can only mean a family; `task-definition` with a revision is none: a file may be called so. */
function familyInput(name: string): string {
  const [family, revision] = name.split(':')
  const ofRevision = revision === undefined ? '' : ` and \`task-definition-revision: ${revision}\``
  return `\`task-definition-family: ${family ?? name}\`${ofRevision}`
}
