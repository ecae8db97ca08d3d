/**
 * What the action costs, against its targets; ends with 1 where one is missed.
 *   node bench/main.ts [--rounds N]
 */
import { parseArgs } from 'node:util'
import { sizeOf } from '../scripts/checks/folders.ts'
import { GATE_BUNDLES } from '../scripts/build.ts'
import { measureAvailability } from './availability.ts'
import { callsBeforeFirstPoll, callsPerMinuteAtGate, meanDetectionSeconds } from './calls.ts'
import { clickTimes } from './clicks.ts'
import { quantile } from './crowd.ts'
import { callbackStartUp } from './gate-start-up.ts'
import { instantReleaseCosts } from './instant-release.ts'
import { heapByHour } from './memory.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number from 1')

const times = (value: number): string => `${value.toFixed(2)}x`

const [nothing, http, release] = await instantReleaseCosts(rounds)
console.log(`An instant release, whole process, medians of ${rounds} runs:`)
for (const { name, wallMs, peakMiB } of [nothing, http, release]) {
  console.log(
    `  ${name.padEnd(10)} ${wallMs.toFixed(0).padStart(4)} ms ${times(wallMs / nothing.wallMs)}` +
      `   ${peakMiB.toFixed(0).padStart(3)} MiB ${times(peakMiB / nothing.peakMiB)}`
  )
}
check('wall time, to node -e 0', release.wallMs / nothing.wallMs, 6.5, times)
check('peak memory, to node -e 0', release.peakMiB / nothing.peakMiB, 2.05, times)
const megabytes = (value: number): string => `${value.toFixed(2)} MB`
check('dist/ without the gate', (sizeOf('dist') - sizeOf('dist/gate')) / 1e6, 2.7, megabytes)
for (const name of GATE_BUNDLES)
  check(`dist/gate/${name}`, sizeOf(`dist/gate/${name}`) / 1e6, 1.6, megabytes)
// The thirteenth reads the listener's rules: one of them may lead to the pair beside the default action.
check('API calls before the first poll', await callsBeforeFirstPoll(), 13, String)
check('API calls a minute at the gate', await callsPerMinuteAtGate(), 15, (v) => v.toFixed(1))
check(
  'detection of the end, mean of 60',
  await meanDetectionSeconds(60),
  4,
  (v) => `${v.toFixed(2)} s`
)
const heap = await heapByHour()
console.log(
  `Heap after each of six hours of waiting: ${heap.map((m) => m.toFixed(1)).join(', ')} MiB`
)
check(
  'growth from hour 1 to hour 6',
  (heap[5] ?? NaN) - (heap[0] ?? NaN),
  1,
  (v) => `${v.toFixed(2)} MiB`
)

check("start-up of the callback's bundle, to node -e 0", await callbackStartUp(rounds), 6, times)
const clicks = await clickTimes(50, 10)
const ms = (value: number): string => `${value.toFixed(1)} ms`
console.log('Clicks, from request to answer, warm; median and 99th percentile:')
for (const [name, list, floor] of [
  ['50 within a second on a new card', clicks.crowd, clicks.floor.crowd],
  ['  of these, those that decided', clicks.deciding, clicks.floor.deciding],
  ['decided: one after the other', clicks.alone, undefined],
  ['decided: 50 in one instant', clicks.instant, clicks.floor.instant]
] as const) {
  const both = (of: readonly number[]): string =>
    `${ms(quantile(of, 0.5)).padStart(8)} ${ms(quantile(of, 0.99)).padStart(8)}`
  const bare = floor ? `   requests alone: ${both(floor)}` : ''
  console.log(`  ${name.padEnd(34)} ${both(list)}${bare}`)
}
// The floor is what the requests cost by themselves, in processes that do nothing else, on this machine.
const toFloor = (list: readonly number[], floor: readonly number[]): number =>
  quantile(list, 0.99) / quantile(floor, 0.99)
check('callback at 50 clicks within a second, p99', quantile(clicks.crowd, 0.99), 50, ms)
check('  to the floor', toFloor(clicks.crowd, clicks.floor.crowd), 10, times)
check(
  'callback at 50 clicks in one instant, p99',
  toFloor(clicks.instant, clicks.floor.instant),
  5,
  times
)

await measureAvailability(check)

function check(what: string, value: number, limit: number, show: (value: number) => string): void {
  const met = value <= limit
  console.log(`${met ? 'ok  ' : 'MISS'} ${what}: ${show(value)} (at most ${show(limit)})`)
  if (!met) process.exitCode = 1
}
