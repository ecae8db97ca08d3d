import type { ControlPlane, Documents } from '../controllers/control-plane.ts'
import { namingInput, textOf, type Files } from '../documents/files.ts'
import type { Mapping } from '../documents/mapping.ts'
import { parseDocument } from '../documents/parse.ts'
import { ProblemsError } from '../documents/problems.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import type { Verification } from '../verification/file/model.ts'

/**
 * Reads every file that the inputs name, including those of the control plane. Errors:
 * Refused with all problems of all files.
 */
export async function readDocuments(
  settings: Settings,
  files: Files,
  readOwn: ControlPlane['readFiles']
): Promise<Documents> {
  const problems: string[] = []
  const [taskDefinition, own, verification] = await Promise.all([
    keeping(problems, () => readTaskDefinition(settings, files)),
    keeping(problems, () => readOwn(files)),
    keeping(problems, () => readVerification(settings, files))
  ])
  if (problems.length > 0) throw new Refused(problems)
  return { taskDefinition, own, verification }
}

async function keeping<T>(problems: string[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    problems.push(...error.problems)
    return undefined
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
  const ofRevision = revision === undefined ? '' : ` and \`task-definition-revision: ${revision}\``
  return `\`task-definition-family: ${family ?? name}\`${ofRevision}`
}
