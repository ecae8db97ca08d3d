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
  BUCKET: 'bucket-of-mine',
  REGION: 'eu-west-1',
  ACCOUNT: '123456789012',
  TASK: 'ordersTaskRole',
  EXECUTION: 'ecsTaskExecutionRole'
}

/** The commands of step 3 with a reader's own values; `secretArn` is what step 2 has printed. */
export function stackCommands(secretArn: string): string {
  const [stack = ''] = shellOf('3. The stacks')
  const own = stack.replace(/arn:aws:secretsmanager:\S+/, secretArn)
  return Object.entries(OWN).reduce((text, [name, value]) => text.replaceAll(name, value), own)
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
