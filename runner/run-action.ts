import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT, stepEnvironment } from './environment.ts'
import type { StepFiles, StepOptions } from './environment.ts'
import { parseFileCommands } from './file-commands.ts'

export interface RunOptions extends Omit<StepOptions, 'folder'> {
  /** Told of every line the action prints, as it comes. */
  readonly onLine?: (line: string) => void
}

/** What a step leaves behind. */
export interface StepResult {
  /** Null: a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly outputs: Readonly<Record<string, string>>
  /** For the post phase. */
  readonly state: Readonly<Record<string, string>>
  /** Markdown. */
  readonly summary: string
  /** Standard output and error, line by line. */
  readonly lines: readonly string[]
}

/** A step under way. */
export interface RunningStep {
  /** Sends a signal, as the runner does when a job is cancelled. */
  kill(signal: NodeJS.Signals): void
  /** What it has printed so far. */
  readonly lines: readonly string[]
  /** The first line that matches, already printed or to come; rejects when the step ends without one. */
  line(pattern: RegExp): Promise<string>
  readonly result: Promise<StepResult>
  /** Removes the step's folder, report and rendered files included. */
  dispose(): Promise<void>
}

/** Starts `dist/index.js` on this Node as a GitHub runner would. */
export async function startAction(options: RunOptions): Promise<RunningStep> {
  const folder = await mkdtemp(join(tmpdir(), 'step-'))
  const { environment, files } = await stepEnvironment({ ...options, folder })
  const child = spawn(process.execPath, [join(ROOT, 'dist/index.js')], {
    env: environment,
    cwd: environment.GITHUB_WORKSPACE,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const lines: string[] = []
  const watchers = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      options.onLine?.(line)
      for (const check of [...watchers]) check()
    })
  }
  const result = resultOf(child, files, lines)
  return {
    kill: (signal) => void child.kill(signal),
    lines,
    result,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find((line) => pattern.test(line))
          if (found === undefined) return
          watchers.delete(check)
          resolve(found)
        }
        watchers.add(check)
        check()
        void result.finally(() =>
          reject(new Error(`it ended without ${String(pattern)}:\n${lines.join('\n')}`))
        )
      }),
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await result
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Runs it to its end, and removes what it left in its folder. */
export async function runAction(options: RunOptions): Promise<StepResult> {
  const step = await startAction(options)
  try {
    return await step.result
  } finally {
    await step.dispose()
  }
}

async function resultOf(
  child: ChildProcess,
  files: StepFiles,
  lines: readonly string[]
): Promise<StepResult> {
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.once('close', (code, killedBy) => resolve([code, killedBy]))
      child.once('error', reject)
    }
  )
  const [output, state, summary] = await Promise.all([
    readFile(files.output, 'utf8'),
    readFile(files.state, 'utf8'),
    readFile(files.summary, 'utf8')
  ])
  return {
    exitCode,
    signal,
    outputs: parseFileCommands(output),
    state: parseFileCommands(state),
    summary,
    lines
  }
}
