/** `npm run demo`: see USAGE in arguments.ts. */
import { constants } from 'node:fs'
import { access, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ScaledClock } from '../emulator/clock.ts'
import { readArguments, USAGE, UsageError } from './arguments.ts'
import type { DemoArguments } from './arguments.ts'
import { failoverComplaints, failoverStory, splitRows } from './failover/result.ts'
import { failoverOnce } from './failover/run.ts'
import { RESULT_FILE } from './kept.ts'
import { logLine } from './log-line.ts'
import { openPage } from './open-page.ts'
import { releaseOnce } from './release.ts'
import { complaints, requestTable } from './result.ts'
import { StickyLine } from './sticky-line.ts'
import { storyOf } from './story.ts'
import { summaryText } from './summary-text.ts'
import { columns, showsColours, styleFor } from './terminal.ts'

const style = styleFor(showsColours(process.stdout, process.env))

class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly exitCode: number

  constructor(exitCode: number) {
    super('Interrupted: everything has been stopped.')
    this.exitCode = exitCode
  }
}

// Until the demo has ended as it should.
process.exitCode = 1
try {
  const given = readArguments(process.argv.slice(2))
  if (given.help) console.log(USAGE)
  process.exitCode = given.help ? 0 : await run(given)
} catch (error) {
  console.error(explained(error))
  // Not only the code: whatever is left over must not keep the process alive.
  process.exit(error instanceof Interrupted ? error.exitCode : error instanceof UsageError ? 2 : 1)
}

async function run(given: DemoArguments): Promise<number> {
  const { strategy, decision, language, bug, load, jsonPath, keepPath } = given
  if (jsonPath !== undefined) await expectPlaceFor(jsonPath)
  if (keepPath !== undefined) await expectFolder(keepPath)
  const lines = new StickyLine(process.stdout, new ScaledClock())
  if (strategy === 'failover') return runFailover(given, lines)
  const result = await releaseOnce({
    decision,
    language,
    bug,
    load,
    keepPath,
    interrupted: interruption(() => lines.release()),
    say: (line) => lines.print(style.cyan(`» ${line}`)),
    onTurn: (line, url) => {
      lines.keep(style.cyan(`» ${line}`))
      // Where somebody watches this terminal, they have a browser beside it.
      if (process.stdout.isTTY && process.env['CI'] === undefined) openPage(url)
    },
    onTurnOver: () => lines.release(),
    onLog: (line) => printLog(lines, line)
  })
  heading('Job summary')
  console.log(summaryText(result.summary, style))
  heading('Outputs')
  for (const [name, value] of Object.entries(result.outputs)) {
    console.log(`${name.padEnd(25)} ${value}`)
  }
  if (keepPath === undefined) {
    console.log(style.dim('(Report and task definition are files too: --keep DIR keeps them.)'))
  }
  heading('Requests')
  console.log(requestTable(result))
  await write(result, given)
  return tell(storyOf(result), complaints(result))
}

/** Two releases between two production groups, one each way, and an even split. */
async function runFailover(given: DemoArguments, lines: StickyLine): Promise<number> {
  const result = await failoverOnce({
    keepPath: given.keepPath,
    interrupted: interruption(() => lines.release()),
    say: (line) => lines.print(style.cyan(`» ${line}`)),
    onPage: (url) => {
      lines.print(style.cyan(`» Watch both groups on ${url}`))
      if (process.stdout.isTTY && process.env['CI'] === undefined) openPage(url)
    },
    onLog: (line) => printLog(lines, line)
  })
  for (const { version, summary } of result.releases) {
    heading(`Job summary of version ${version}`)
    console.log(summaryText(summary, style))
  }
  heading('Requests')
  console.log(columns(splitRows(result), 1).join('\n'))
  await write(result, given)
  return tell(failoverStory(result), failoverComplaints(result))
}

function printLog(lines: StickyLine, line: string): void {
  for (const each of logLine(line, style)?.split('\n') ?? []) lines.print(each)
}

async function write(
  result: object,
  { jsonPath, keepPath }: Pick<DemoArguments, 'jsonPath' | 'keepPath'>
): Promise<void> {
  const written = `${JSON.stringify(result, null, 2)}\n`
  if (jsonPath !== undefined) await writeFile(jsonPath, written)
  if (keepPath !== undefined) {
    await writeFile(join(keepPath, RESULT_FILE), written)
    console.log(`\nReport, summary and result are kept in ${keepPath}`)
  }
}

/** The story comes last: it is what a person sees when the demo has ended. Returns the exit code. */
function tell(story: readonly string[], wrong: readonly string[]): number {
  const colour = wrong.length === 0 ? style.green : style.red
  console.log(`\n${style.bold('What happened')}`)
  for (const line of story) console.log(colour(line))
  for (const complaint of wrong) console.log(style.red(`Not as it should be: ${complaint}.`))
  return wrong.length === 0 ? 0 : 1
}

function heading(text: string): void {
  console.log(`\n${style.bold(`── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}`)}\n`)
}

/** Said before the release, not after it. */
async function expectPlaceFor(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined)
  if (existing?.isDirectory()) throw new UsageError(`--json: ${path} is a folder`)
  const place = existing ? path : dirname(path)
  try {
    await access(place, constants.W_OK)
  } catch (error) {
    throw new UsageError(`--json: ${place} cannot be written to`, { cause: error })
  }
}

/** A folder that is there, or can be made; said before the release, too. */
async function expectFolder(path: string): Promise<void> {
  const existing = await stat(path).catch(() => undefined)
  if (existing && !existing.isDirectory()) throw new UsageError(`--keep: ${path} is no folder`)
  try {
    await mkdir(path, { recursive: true })
    await access(path, constants.W_OK)
  } catch (error) {
    throw new UsageError(`--keep: ${path} cannot be written to`, { cause: error })
  }
}

/** Aborts when a person or the system wants the demo to end, or nobody reads it any more. */
function interruption(before: () => void): AbortSignal {
  const controller = new AbortController()
  const end = (exitCode: number): void => {
    before()
    controller.abort(new Interrupted(exitCode))
  }
  // Each time: npm passes a Ctrl-C on that the demo has already had, and people press it twice.
  process.on('SIGINT', () => end(130))
  process.on('SIGTERM', () => end(143))
  process.on('SIGHUP', () => end(129))
  process.stdout.on('error', () => end(141))
  return controller.signal
}

function explained(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}. --help says what there is.`
  if (error instanceof Interrupted) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
