import { isList, isMapping } from '../../../documents/mapping.ts'
import { say } from '../../../words/say.ts'
import { SetupError, type SetupPorts } from './ports.ts'

export type StackParameters = Readonly<Record<string, string>>

/**
 * Adds parameters to the file that `aws cloudformation deploy --parameter-overrides file://...`
 * reads. What else stands there stays.
 * Errors: SetupError if the file holds something else; those of the file system.
 */
export async function addParameters(
  ports: Pick<SetupPorts, 'readText' | 'writeText'>,
  path: string,
  added: StackParameters
): Promise<void> {
  const all = { ...(await parametersIn(ports, path)), ...added }
  // The form that version 1 of the AWS CLI takes too.
  const list = Object.entries(all).map(([name, value]) => `${name}=${value}`)
  await ports.writeText(path, `${JSON.stringify(list, undefined, 2)}\n`)
}

/** The parameters in a file; none if there is no such file. Errors: as addParameters. */
export async function parametersIn(
  { readText }: Pick<SetupPorts, 'readText'>,
  path: string
): Promise<StackParameters> {
  let text: string
  try {
    text = await readText(path)
  } catch (error) {
    if (isMapping(error) && error['code'] === 'ENOENT') return {}
    throw error
  }
  const parameters = readList(text)
  if (!parameters) {
    throw new SetupError(
      say`${path} is no file of parameters, so it is left as it is: wanted a JSON list of "NAME=VALUE"; name another file with --parameters`
    )
  }
  return parameters
}

function readList(text: string): StackParameters | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isList(value)) return undefined
  const entries = value.map((each) => {
    const [, name = '', own = ''] = /^([A-Za-z0-9]+)=(.*)$/s.exec(String(each)) ?? []
    return typeof each === 'string' && name !== '' ? ([name, own] as const) : undefined
  })
  const known = entries.filter((entry) => entry !== undefined)
  return known.length === entries.length ? Object.fromEntries(known) : undefined
}
