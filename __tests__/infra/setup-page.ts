import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** docs/gate-setup.md, as it stands. */
export const PAGE = readFileSync('docs/gate-setup.md', 'utf8')

/** The shell blocks under a heading of the page, in its order. */
export function shellOf(heading: string): string[] {
  const [, part = ''] = PAGE.split(`\n## ${heading}\n`)
  const [own = ''] = part.split('\n## ')
  const blocks = [...own.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text)
  if (blocks.length === 0) throw new Error(`docs/gate-setup.md has no commands under ${heading}`)
  return blocks
}

/** What stands between a block's markers; in it, what its fence holds. */
export function marked(name: string): string {
  const [, found] = new RegExp(`<!-- start ${name} -->\n(.*?)<!-- end ${name} -->`, 's').exec(
    PAGE
  ) ?? [undefined, undefined]
  if (found === undefined) throw new Error(`docs/gate-setup.md has no block ${name}`)
  return /^```yaml\n(.*)^```/ms.exec(found)?.[1] ?? found
}

/** What a reader puts in for the page's capitals. */
export const OWN = {
  /** Where `setup code` puts it unless told otherwise. */
  BUCKET: 'release-gate-code-123456789012-eu-west-1',
  REGION: 'eu-west-1',
  ACCOUNT: '123456789012',
  TASK: 'ordersTaskRole',
  EXECUTION: 'ecsTaskExecutionRole'
}

const withOwn = (text: string): string =>
  Object.entries(OWN).reduce((own, [name, value]) => own.replaceAll(name, value), text)

/** The commands of step 3 with a reader's own values, one by one. */
export function stackCommands(): readonly string[] {
  const [stacks = ''] = shellOf('3. The stacks')
  return withOwn(stacks).split(/\n\n/)
}

/** What puts the code of a release into the account, once it has been downloaded from GitHub. */
export function codeCommand(): string {
  const [block = ''] = shellOf('The release and its code')
  const [command = ''] = /^node .*$/m.exec(block) ?? []
  return command
}

/**
 * Runs the page's command that puts the code into a bucket of moto's, and returns the policy that it
 * gave the bucket. moto asks no bucket policy for its conditions (5.2.5, s3/models.py,
 * get_permission), so it takes nothing into a bucket that is to be spoken to over TLS only.
 */
export async function putCode(walk: (text: string) => Promise<string>): Promise<string> {
  const first = await walk(`${codeCommand()} || true`)
  if (!first.includes('PutObject operation: Forbidden')) throw new Error(first)
  const policy = await walk(`aws s3api get-bucket-policy --bucket ${OWN.BUCKET} --output json`)
  await walk(`aws s3api delete-bucket-policy --bucket ${OWN.BUCKET}`)
  await walk(codeCommand())
  return policy
}

/** The parameters that a command of `aws cloudformation deploy` names one by one. */
export function parametersGivenIn(command: string): Record<string, string> {
  const [, list = ''] = command.split('--parameter-overrides')
  const words = list.replaceAll(/[\\']/g, '').trim().split(/\s+/)
  const given = words.flatMap((each) => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(each) ?? []
    return name === '' ? [] : [[name, value]]
  })
  return Object.fromEntries(given) as Record<string, string>
}

/** What the page's workflow step has under `with:`. */
export function stepInputs(): Readonly<Record<string, string>> {
  const { steps } = parse(marked('step')) as { steps: { with: Record<string, string> }[] }
  return steps[0]?.with ?? {}
}

export interface PagesPolicy {
  readonly slack: { readonly team: string; readonly app: string; readonly channel: string }
  readonly approvers: { readonly users: readonly string[] }
}

/** The page's smallest policy. */
export function pagesPolicy(): PagesPolicy {
  return parse(marked('policy')) as PagesPolicy
}
