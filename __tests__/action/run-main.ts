import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import type { Clock } from '../../src/release/clock.ts'
import { variableOf } from '../../src/action/inputs/parse.ts'
import type { Io } from '../../src/action/io.ts'
import { main } from '../../src/action/main.ts'
import { post } from '../../src/action/post.ts'

export interface MainRun {
  readonly passes: boolean
  /** Everything that the log shows. */
  readonly lines: readonly string[]
  readonly outputs: ReadonlyMap<string, string>
  readonly summary: string
  /** The HTML report; empty if none was made. */
  readonly html: string
  /** What the main phase has left for the post phase. */
  readonly state: ReadonlyMap<string, string>
}

export interface MainOptions {
  readonly inputs: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly env?: Io['env']
}

/** Runs the main phase in this process. The environment may lead to an emulator. */
export async function runMain({ inputs, clock, env }: MainOptions): Promise<MainRun> {
  const folder = mkdtempSync(join(tmpdir(), 'run-main-'))
  const summaryFile = join(folder, 'summary.md')
  writeFileSync(summaryFile, '')
  const { io, lines, outputs, state } = ioOf(clock, {
    ...env,
    ...variablesOf(inputs),
    RUNNER_TEMP: folder,
    GITHUB_STEP_SUMMARY: summaryFile
  })
  const passes = await main(io)
  const path = outputs.get('report-html') ?? ''
  return {
    passes,
    lines,
    outputs,
    state,
    summary: readFileSync(summaryFile, 'utf8'),
    html: path === '' ? '' : readFileSync(path, 'utf8')
  }
}

/** Runs the post phase on what a main phase has left; returns what it has said. */
export async function runPost(
  state: ReadonlyMap<string, string>,
  { inputs, clock, env }: MainOptions
): Promise<readonly string[]> {
  const { io, lines } = ioOf(clock, { ...env, ...variablesOf(inputs) }, state)
  await post(io)
  return lines
}

function variablesOf(inputs: MainOptions['inputs']): Io['env'] {
  return Object.fromEntries(Object.entries(inputs).map(([name, text]) => [variableOf(name), text]))
}

function ioOf(clock: Clock, env: Io['env'], before: ReadonlyMap<string, string> = new Map()) {
  const lines: string[] = []
  const outputs = new Map<string, string>()
  const state = new Map(before)
  const keep = (text: string | Error): void => void lines.push(String(text))
  const io: Io = {
    core: {
      ...core,
      info: keep,
      debug: keep,
      notice: keep,
      warning: keep,
      error: keep,
      setFailed: keep,
      startGroup: keep,
      endGroup: () => undefined,
      setSecret: () => undefined,
      setOutput: (name: string, value: unknown) => void outputs.set(name, String(value)),
      saveState: (name: string, value: unknown) => void state.set(name, String(value)),
      getState: (name: string) => state.get(name) ?? ''
    },
    env,
    clock,
    random: Math.random,
    cancelled: new AbortController().signal,
    atExit: () => () => undefined
  }
  return { io, lines, outputs, state }
}
