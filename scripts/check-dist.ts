// Says whether dist/, which is what runs in people's workflows, is what src/ builds to.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.ts'
import { differences, sizeOf } from './checks/folders.ts'

/** Every job that uses the action downloads it. */
const LIMIT = 2_200_000

const dist = fileURLToPath(new URL('../dist', import.meta.url))

async function problems(): Promise<string[]> {
  if (!existsSync(dist)) return ['dist/ is missing. Run `npm run build` and commit it.']
  const expected = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    await build(expected)
    const changed = differences(expected, dist)
    const size = sizeOf(expected)
    console.log(`${size} bytes, of ${LIMIT} at most`)
    return [
      ...(changed.length === 0
        ? []
        : [
            'dist/ is not what src/ builds to. Run `npm run build` and commit it.',
            ...changed.map((line) => `  ${line}`)
          ]),
      ...(size <= LIMIT ? [] : [`The action is larger than ${LIMIT} bytes.`])
    ]
  } finally {
    rmSync(expected, { recursive: true, force: true })
  }
}

for (const problem of await problems()) {
  console.error(problem)
  process.exitCode = 1
}
