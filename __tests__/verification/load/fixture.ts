import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
}

/** The text of a file in fixtures/. The summaries there were written by the k6 they are named after, for script.k6. */
export function fixture(name: string): string {
  return readFileSync(fixturePath(name), 'utf8')
}

/** The least that a summary must have, in k6's own shape. */
export function smallSummary(
  metrics: Readonly<Record<string, unknown>> = {}
): Readonly<Record<string, unknown>> {
  return {
    root_group: { name: '', path: '', groups: {}, checks: {} },
    metrics: {
      http_req_duration: {
        avg: 120,
        min: 80,
        med: 110,
        max: 480,
        'p(90)': 200,
        'p(95)': 250,
        'p(99)': 312
      },
      http_reqs: { count: 12345, rate: 205.75 },
      http_req_failed: { passes: 2, fails: 12343, value: 2 / 12345 },
      ...metrics
    }
  }
}
