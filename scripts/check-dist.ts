// Says whether dist/, which is what runs in people's workflows, is what src/ builds to.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, GATE_BUNDLES } from './build.ts'
import { differences, sizeOf } from './checks/folders.ts'

/** Every job that uses the action fetches it; the catalogue of another language is a chunk that English never loads. */
const ACTION_LIMIT = 2_600_000
/** Lambda unpacks and loads it at every cold start, and AWS's console shows no more. */
const FUNCTION_LIMIT = 1_600_000

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** What speaks against the checkout's dist/, given a folder that was built from its source. */
export function distProblems(expected: string): string[] {
  if (!existsSync(dist)) return ['dist/ is missing. Run `npm run build` and commit it.']
  const changed = differences(expected, dist)
  return [
    ...(changed.length === 0
      ? []
      : [
          'dist/ is not what src/ builds to. Run `npm run build` and commit it.',
          ...changed.map((line) => `  ${line}`)
        ]),
    ...tooLarge(expected)
  ]
}

async function problems(): Promise<string[]> {
  const expected = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    await build(expected)
    return distProblems(expected)
  } finally {
    rmSync(expected, { recursive: true, force: true })
  }
}

function tooLarge(folder: string): string[] {
  const gate = join(folder, 'gate')
  const sizes = [
    { name: 'the action', size: sizeOf(folder) - sizeOf(gate), limit: ACTION_LIMIT },
    ...GATE_BUNDLES.map((name) => ({
      name: `gate/${name}`,
      size: sizeOf(join(gate, name)),
      limit: FUNCTION_LIMIT
    }))
  ]
  for (const { name, size, limit } of sizes) {
    console.log(`${name}: ${size} bytes, of ${limit} at most`)
  }
  return sizes
    .filter(({ size, limit }) => size > limit)
    .map(({ name, limit }) => `${name} is larger than ${limit} bytes.`)
}

if (import.meta.main) {
  for (const problem of await problems()) {
    console.error(problem)
    process.exitCode = 1
  }
}
