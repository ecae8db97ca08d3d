import { readdirSync, readFileSync } from 'node:fs'
import { isMapping } from '../../../src/documents/mapping.ts'

/** What k6 itself has said of one threshold of a script. */
export interface SaidOfThreshold {
  /** As our evidence has it: `http_reqs: count>10`. */
  readonly text: string
  readonly passed: boolean
  /** Milliseconds, a share from 0 to 1, or a plain number. */
  readonly measured: number
}

/** One run of k6 1.8.1 on a server that fails each 50th request under `/flaky`, recorded on 2026-11-30. */
export interface Recording {
  readonly name: string
  readonly script: string
  /** What it wrote for `--summary-export`, with our own `--summary-trend-stats`. */
  readonly summary: string
  /** JSON: its version as `k6`, its `exitCode`, `stdout` and `stderr`. */
  readonly run: string
  readonly version: string
  readonly exitCode: number
  readonly said: readonly SaidOfThreshold[]
}

const FOLDER = new URL('recordings/', import.meta.url)

const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')

/** Of a figure as k6 prints it, in milliseconds or as a share. */
const UNITS: Readonly<Record<string, number>> = { '': 1, '%': 0.01, µs: 0.001, ms: 1, s: 1000 }

export const RECORDINGS: readonly Recording[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.k6'))
  .map((file) => recordingOf(file.slice(0, -'.k6'.length)))

function recordingOf(name: string): Recording {
  const run = read(`${name}.run.json`)
  const recorded: unknown = JSON.parse(run)
  if (!isMapping(recorded)) throw new Error(`${name}.run.json is no recording`)
  const { k6: version, exitCode, stdout } = recorded
  if (typeof version !== 'string' || typeof exitCode !== 'number' || typeof stdout !== 'string') {
    throw new Error(`${name}.run.json lacks a member`)
  }
  return {
    name,
    script: read(`${name}.k6`),
    summary: read(`${name}.summary.json`),
    run,
    version,
    exitCode,
    said: saidIn(stdout)
  }
}

/** Reads the part THRESHOLDS of what k6 prints at the end: a metric's name, then a line for each of its thresholds. */
function saidIn(stdout: string): SaidOfThreshold[] {
  const [, thresholds = ''] = /█ THRESHOLDS([^█]*)█/.exec(stdout) ?? []
  let metric = ''
  return thresholds.split('\n').flatMap((line) => {
    const [, mark, expression = '', figure = '', unit = ''] =
      /^ {4}([✓✗]) '(.*)' .*=([\d.]+)(\D*)$/.exec(line) ?? []
    if (mark === undefined) {
      metric = line.trim() || metric
      return []
    }
    const measured = Number(figure) * (UNITS[unit] ?? Number.NaN)
    return [{ text: `${metric}: ${expression}`, passed: mark === '✓', measured }]
  })
}
