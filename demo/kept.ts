import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { StepResult } from '../runner/run-action.ts'
import type { DemoReport } from './result.ts'

type Outputs = StepResult['outputs']

/** Outputs that are paths of files in the runner's own folder, which is removed with the demo. */
const FILES = ['task-definition', 'report', 'report-html'] as const

/** The files that `--keep` writes, beside those of the outputs. */
export const SUMMARY_FILE = 'summary.md'
export const RESULT_FILE = 'result.json'

/** Copies what the job has written, and returns the outputs with the places of the copies. */
export async function keepFiles(
  folder: string,
  { outputs, summary }: Pick<StepResult, 'outputs' | 'summary'>
): Promise<Outputs> {
  await mkdir(folder, { recursive: true })
  const kept: Record<string, string> = { ...outputs }
  for (const name of FILES) {
    const path = outputs[name]
    if (!path) continue
    kept[name] = join(folder, basename(path))
    await copyFile(path, kept[name])
  }
  await writeFile(join(folder, SUMMARY_FILE), summary)
  return kept
}

/** The outputs without those that would name files that are gone. */
export function withoutFiles(outputs: Outputs): Outputs {
  return Object.fromEntries(
    Object.entries(outputs).filter(([name]) => !FILES.some((each) => each === name))
  )
}

/** The report that the job has written; undefined where it has written none. */
export async function reportIn(outputs: Outputs): Promise<DemoReport | undefined> {
  const path = outputs['report']
  return path ? (JSON.parse(await readFile(path, 'utf8')) as DemoReport) : undefined
}
