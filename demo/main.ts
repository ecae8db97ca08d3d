/** `npm run demo`: see USAGE in arguments.ts. */
import { writeFile } from 'node:fs/promises'
import { readArguments, USAGE } from './arguments.ts'
import type { DemoArguments } from './arguments.ts'
import { releaseOnce } from './release.ts'
import { complaints, requestTable } from './result.ts'
import { logLine, plainMarkdown, showsColours, styleFor } from './terminal.ts'

const style = styleFor(showsColours(process.stdout))

try {
  const given = readArguments(process.argv.slice(2))
  if (given.help) console.log(USAGE)
  else process.exitCode = await run(given)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}

async function run({ decision, jsonPath }: DemoArguments): Promise<number> {
  const cancel = new AbortController()
  const ask = (): void => cancel.abort()
  process.once('SIGINT', ask)
  process.once('SIGTERM', ask)
  const { result, summary } = await releaseOnce({
    decision,
    cancelled: cancel.signal,
    say: (line) => console.log(style.green(`» ${line}`)),
    onLog: (line) => {
      const shown = logLine(line, style)
      if (shown !== undefined) console.log(shown)
    }
  })
  heading('Job summary')
  console.log(plainMarkdown(summary, style))
  heading('Outputs')
  for (const [name, value] of Object.entries(result.outputs)) {
    console.log(`${name.padEnd(24)} ${value}`)
  }
  heading('Requests on the production listener')
  console.log(requestTable(result))
  if (jsonPath !== undefined) await writeFile(jsonPath, `${JSON.stringify(result, null, 2)}\n`)
  const wrong = cancel.signal.aborted
    ? ['cancelled']
    : complaints(result, decision ?? (result.outcome === 'rejected' ? 'reject' : 'approve'))
  console.log()
  for (const complaint of wrong) console.log(style.red(`Not as it should be: ${complaint}`))
  if (wrong.length === 0) console.log(style.green(`As it should be, in ${result.seconds} s.`))
  return wrong.length === 0 ? 0 : 1
}

function heading(text: string): void {
  console.log(`\n${style.bold(`── ${text} ${'─'.repeat(Math.max(0, 60 - text.length))}`)}\n`)
}
