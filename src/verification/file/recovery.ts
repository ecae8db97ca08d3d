import type { Members } from '../../documents/members.ts'
import { say } from '../../words/say.ts'
import { durationOf } from './conditions.ts'
import type { Recovery } from './model.ts'
import { readSteadyPath } from './path.ts'
import { readShare } from './figures.ts'

const RATE = 10
const HIGHEST_RATE = 200
const TIMEOUT_MS = 5_000
const LONGEST_TIMEOUT_MS = 60_000
const SHORTEST_MS = 1_000
/** It has to fit into the gate's hour. */
const LONGEST_MS = 30 * 60_000
/** ECS: "up to 255 letters, numbers, underscores, and hyphens" (CreateCluster). */
const CLUSTER = /^[A-Za-z0-9_-]{1,255}$/

/** Reads the `recovery` section. If there is none, no task is ever stopped. */
export function readRecovery(root: Members): Recovery | undefined {
  const section = root.mapping('recovery')
  if (!section) return undefined
  section.require('required', 'cluster', 'path', 'within')
  const required = section.flag('required') ?? true
  const cluster = section.text('cluster') ?? ''
  if (cluster !== '' && !CLUSTER.test(cluster)) {
    section.refuse('cluster', say`found ${JSON.stringify(cluster)}, wanted the name of a cluster`)
  }
  const side = section.oneOf('side', ['green', 'blue'] as const) ?? 'green'
  const path = readSteadyPath(section)
  const withinMs = durationOf(section, 'within') ?? LONGEST_MS
  if (withinMs < SHORTEST_MS || withinMs > LONGEST_MS) {
    section.refuse('within', say`wanted 1 s to 30 min`)
  }
  const rate = section.wholeNumber('rate', 1, HIGHEST_RATE) ?? RATE
  const timeoutMs = durationOf(section, 'timeout') ?? TIMEOUT_MS
  if (timeoutMs > LONGEST_TIMEOUT_MS) {
    section.refuse('timeout', say`wanted at most ${LONGEST_TIMEOUT_MS / 1000} s`)
  }
  const maxFailureRate = readShare(section, 'max-failure-rate')
  section.refuseOthers()
  return { required, cluster, side, path, withinMs, rate, timeoutMs, maxFailureRate }
}
