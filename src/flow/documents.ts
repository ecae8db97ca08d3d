import type { ControlPlane, Documents } from '../controllers/control-plane.ts'
import { namingInput, textOf, type Files } from '../documents/files.ts'
import type { Mapping } from '../documents/mapping.ts'
import { parseDocument } from '../documents/parse.ts'
import { ProblemsError } from '../documents/problems.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'
import { say } from '../words/say.ts'

/** A control plane, as far as its files go. */
type OwnFiles = Pick<ControlPlane, 'readFiles' | 'check'>

/**
 * Reads every file that the inputs name, including those of the control plane if it is known.
 * Errors: Refused with all problems of all files.
 */
export async function readDocuments(
  settings: Settings,
  files: Files,
  plane: OwnFiles | undefined
): Promise<Documents> {
  const [taskDefinition, own, verification] = await Promise.all([
    attempt(() => readTaskDefinition(settings, files)),
    attempt(async () => plane?.readFiles(files)),
    attempt(() => readVerification(settings, files))
  ])
  const documents = {
    taskDefinition: taskDefinition.value,
    own: own.value,
    verification: verification.value
  }
  const unread = [taskDefinition, own, verification].flatMap(({ problems }) => problems)
  refuse([...unread, ...(plane?.check(documents) ?? [])])
  return documents
}

/** The same documents with those of the control plane, where it becomes known later. Errors: Refused. */
export async function withOwnFiles(
  documents: Documents,
  files: Files,
  plane: OwnFiles
): Promise<Documents> {
  const { value, problems } = await attempt(() => plane.readFiles(files))
  const all = { ...documents, own: value }
  refuse([...problems, ...plane.check(all)])
  return all
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refused(problems)
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
      say`\`${input}\`: "${name}" is a file in the workspace, and could be a family of task definitions as well; write \`${input}: ./${name}\` for the file, or ${familyInput(name)} for the family`
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
  // The parser is loaded only if there is a verification file, so that other jobs start faster.
  const { parseVerification } = await import('../verification/file/parse.ts')
  const verification = await namingInput(input, () => parseVerification(text, path))
  // k6 itself reads the script much later. The job checks now that the file exists, before anything
  // is written.
  const script = verification.load?.script
  if (script !== undefined) await textOf(files, input, script, 'inWorkspace')
  return verification
}

/**
 * The inputs that can only mean a family. `task-definition: family:revision` will not do,
 * because a file may have that name.
 */
function familyInput(name: string): string {
  const [family, revision] = name.split(':')
  const ofRevision =
    revision === undefined ? '' : say` and \`task-definition-revision: ${revision}\``
  return say`\`task-definition-family: ${family ?? name}\`${ofRevision}`
}
