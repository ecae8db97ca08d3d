import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals'
import { parseCommand } from '../../src/gate/cli/arguments.ts'
import { openLab, type Lab } from '../emulator/lab.ts'
import { describeUnless } from '../helpers/needs.ts'
import { hasAwsCli, openAwsCli, type AwsCli } from './clients/aws-cli.ts'

/*
 * Every command of docs/operations.md, as it stands there: nobody has time to correct one while
 * production burns. The AWS CLI itself says whether it knows command and options, and what it asks
 * for is answered by the emulated account, which refuses what AWS's own models do not have.
 */

const page = readFileSync('docs/operations.md', 'utf8')
const lines = [...page.matchAll(/^```sh\n([^]*?)^```/gm)]
  .map(([, block = '']) => block.replaceAll('\\\n', ' '))
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.trim() !== '')
/** Inside a table's cell too. */
const inText = [...page.matchAll(/`(aws [^`]+)`/g)].map(([, line = '']) => line)
const commands = [...lines, ...inText]

const VARIABLES: Readonly<Record<string, string>> = {
  CLUSTER: 'shop',
  SERVICE: 'orders',
  TABLE: 'release-gate',
  STACK: 'release-gate',
  APPLICATION: 'AppECS-shop-orders',
  GROUP: 'DgpECS-shop-orders',
  TASK: 'arn:aws:ecs:eu-central-1:123456789012:task/shop/0123456789abcdef0123456789abcdef'
}

/** The words of a command as a shell passes them, with our values in place of the variables. */
function wordsOf(line: string, values: Readonly<Record<string, string>>): readonly string[] {
  const [, nested] = /^\w+="\$\((.*)\)"$/.exec(line) ?? []
  const shown = (nested ?? line)
    .replace(/ > \S+$/, '')
    .replaceAll(/"\$\(date [^)]*Y-%m-%dT[^)]*\)"/g, '2026-11-30T08:56')
    .replaceAll(/"\$\(date [^)]*\)"/g, '2026-11-30')
    .replaceAll(/"\$\(\(.*?\)\)"/g, '1764492960000')
    .replaceAll(/\$([A-Z]+)/g, (_, name: string) => values[name] ?? `no value of ${name}`)
  return [...shown.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].reduce<string[]>((words, match) => {
    const [, double, single, bare] = match
    const word = double ?? single ?? bare ?? ''
    // Two parts without a blank between them are one word.
    const isGlued = match.index > 0 && !/\s/.test(shown[match.index - 1] ?? '')
    if (isGlued) words.push(`${words.pop() ?? ''}${word}`)
    else words.push(word)
    return words
  }, [])
}

test('the page has commands for each of its parts', () => {
  const parts = page.split(/^## /m).slice(3, -1)
  expect(
    parts.filter((part) => !part.includes('```sh')).map((part) => part.split('\n')[0])
  ).toEqual([])
  expect(commands.filter((line) => /^(\w+="\$\()?aws /.test(line)).length).toBeGreaterThan(12)
})

describe('commands of gate', () => {
  const own = commands.filter((line) => line.startsWith('gate '))

  it.each(own)('%s', (line) => {
    const words = wordsOf(line, VARIABLES)
      .slice(1)
      .map((word) => (word === 'HEAD' ? `7-${'a'.repeat(64)}` : word))
    expect(() => parseCommand(words)).not.toThrow()
  })

  it('are among those that the page shows', () => {
    expect(own.length).toBeGreaterThan(5)
  })
})

describe('every other line', () => {
  it('is one of aws, gate, gh or what sets them up', () => {
    const others = lines.filter(
      (line) => !/^(aws|gate|gh|export|git clone) |^[A-Z]+=|^gate\(\)/.test(line)
    )
    expect(others).toEqual([])
  })
})

const missing = hasAwsCli() ? undefined : 'no `python3` with awscli >= 1.29 on the PATH'

describeUnless(missing, 'commands of the AWS CLI', () => {
  let lab: Lab | undefined
  let cli: AwsCli | undefined
  let deploymentId: string
  beforeAll(async () => {
    lab = await openLab({})
    cli = openAwsCli(lab.emulator.environment)
    deploymentId = await lab.release()
  })
  afterAll(async () => {
    cli?.close()
    await lab?.close()
  })

  const asked = commands.filter(
    (line) => /^(\w+="\$\()?aws /.test(line) && !line.includes('deploy wait')
  )

  it.each(asked)('%s', async (line) => {
    const words = wordsOf(line, { ...VARIABLES, ID: deploymentId })
    if (!cli) throw new Error('the CLI has not started')
    const { code, stderr } = await cli.run(...words.slice(1))
    // What the emulated account does not have is refused by its name, after the CLI has understood all.
    const refused = /An error occurred \((\w+)\)/.exec(stderr)?.[1]
    if (code !== 0) expect({ refused, stderr }).toEqual({ refused: expect.any(String), stderr })
    expect(stderr).not.toMatch(/usage:|Unknown options|Parameter validation failed|Bad value for/)
    expect(refused ?? '').not.toMatch(/Validation|InvalidParameter|Serialization/)
  })
})
