import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A command whose cost is measured, started anew for every run. */
export interface Subject {
  readonly name: string
  /** Arguments of the Node that runs the benchmark. */
  readonly arguments: readonly string[]
  /** The environment of one run, whose `folder` is fresh and empty. */
  readonly environment: (folder: string) => Promise<Readonly<Record<string, string>>>
  /** Throws where the run did not do what is measured. */
  readonly check?: (folder: string) => Promise<void>
}

export interface Cost {
  readonly name: string
  /** Medians. */
  readonly wallMs: number
  readonly peakMiB: number
}

/**
 * Median cost of each subject over interleaved rounds, so that whatever else
 * the machine does meets all of them. Wall time and memory are taken in runs
 * of their own: reading memory costs time.
 */
export async function measureCosts(subjects: readonly Subject[], rounds: number): Promise<Cost[]> {
  const wall = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  const peak = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) {
      wall.get(subject.name)?.push((await runOnce(subject, false)).wallMs)
      peak.get(subject.name)?.push((await runOnce(subject, true)).peakMiB)
    }
  }
  return subjects.map(({ name }) => ({
    name,
    wallMs: median(wall.get(name) ?? []),
    peakMiB: median(peak.get(name) ?? [])
  }))
}

async function runOnce(subject: Subject, watchMemory: boolean): Promise<Omit<Cost, 'name'>> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const env = await subject.environment(folder)
    const startedAt = performance.now()
    const child = spawn(process.execPath, subject.arguments, {
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    let peakMiB = 0
    const reader = watchMemory
      ? setInterval(() => (peakMiB = Math.max(peakMiB, peakOf(child.pid))), 1)
      : undefined
    const code = await new Promise((resolve) => child.once('exit', resolve))
    const wallMs = performance.now() - startedAt
    clearInterval(reader)
    if (code !== 0) throw new Error(`${subject.name} ended with ${String(code)}:\n${output}`)
    await subject.check?.(folder)
    return { wallMs, peakMiB }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Highest resident memory so far, as Linux keeps it (proc(5), VmHWM); 0 once the process has gone. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
