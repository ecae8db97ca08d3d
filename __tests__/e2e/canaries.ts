import { readFile } from 'node:fs/promises'
import type { RunningStep } from '../../runner/run-action.ts'

/** What nobody but its holder may ever see: looked for in everything that is written. */
export const CANARIES = {
  botToken: 'xoxb-canary-of-the-bot-token',
  signingSecret: 'canary-of-the-signing-secret',
  environmentValue: 'canary-of-an-environment-value'
} as const

/** Texts by where they stand. */
export type Written = Readonly<Record<string, string>>

/** What a step has written for people and for later jobs; of one that goes on, what it has printed. */
export async function writtenBy(step: RunningStep, hasEnded: boolean): Promise<Written> {
  // The runner keeps what is to be masked to itself.
  const log = step.lines.filter((line) => !line.startsWith('::add-mask::')).join('\n')
  if (!hasEnded) return { log }
  const { outputs, state, summary } = await step.result
  const reports = await Promise.all(
    ['report', 'report-html'].map(async (name) => {
      const path = outputs[name]
      return [name, path === undefined ? '' : await readFile(path, 'utf8')] as const
    })
  )
  const texts = { outputs: JSON.stringify(outputs), state: JSON.stringify(state) }
  return { log, summary, ...texts, ...Object.fromEntries(reports) }
}

/** Which secret stands where, as it is or in another form; by its number, so that nothing prints it. */
export function leaks(secrets: readonly string[], written: Written): string[] {
  return secrets.flatMap((secret, number) =>
    Object.entries(written).flatMap(([place, text]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`secret ${number}: ${place}`] : []
    )
  )
}

function formsOf(secret: string): string[] {
  return [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]
}
