import { gunzipSync, gzipSync } from 'node:zlib'
import { isCount, isList, isMapping, type Mapping } from '../../documents/mapping.ts'
import type { StoredLatencies } from './histogram.ts'
import { mergeParts, type Part, type PhaseName, type StoredPhase } from './part.ts'
import type { Counts } from './window.ts'

/** The most characters of the text. An item of DynamoDB holds 400 KB. */
const LONGEST = 350_000
/**
 * The most bytes of a text's JSON; a longer one is not read. The longest part that is
 * written has a tenth of this.
 */
const MOST_BYTES = 16 * 2 ** 20
/** The numbers of seconds to keep that are tried in turn, until the text is short enough. */
const SECONDS = [7_200, 1_800, 450, 112]

/**
 * Returns a part as text that an item of DynamoDB can hold. If it is too long,
 * seconds are merged into longer intervals.
 *
 * @throws RangeError if it is still too long then.
 */
export function partText(part: Part): string {
  for (const most of SECONDS) {
    const text = gzipSync(JSON.stringify(mergeParts(part, nothingAfter(part), most))).toString(
      'base64'
    )
    if (text.length <= LONGEST) return text
  }
  throw new RangeError(`a part of availability is longer than ${LONGEST} characters`)
}

/** Reads the part from such a text; undefined if there is none in it. */
export function readPartText(text: string): Part | undefined {
  if (text.length > LONGEST) return undefined
  let value: unknown
  try {
    const json = gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: MOST_BYTES })
    value = JSON.parse(json.toString('utf8'))
  } catch {
    return undefined
  }
  return isMapping(value) ? readPart(value) : undefined
}

function readPart(value: Mapping): Part | undefined {
  const { startedAt, endedAt, lastFailure, breach } = value
  const all = readCounts(value['all'])
  const judged = readCounts(value['judged'])
  const phases = every(value['phases'], readPhase)
  const failures = every(value['failures'], readFailure)
  const seconds = isMapping(value['seconds']) ? readSeconds(value['seconds']) : undefined
  if (!isCount(startedAt) || !isCount(endedAt) || typeof lastFailure !== 'string') return undefined
  if (!all || !judged || !phases || !failures || !seconds) return undefined
  if (breach !== undefined && typeof breach !== 'string') return undefined
  return { startedAt, endedAt, all, judged, breach, lastFailure, phases, failures, seconds }
}

function readCounts(value: unknown): Counts | undefined {
  if (!isMapping(value)) return undefined
  const { total, failed, answered, slow } = value
  if (!isCount(total) || !isCount(failed) || !isCount(answered) || !isCount(slow)) return undefined
  return { total, failed, answered, slow }
}

const NAMES: readonly PhaseName[] = ['before', 'gate', 'shift', 'after', 'rollback']

function readPhase(value: Mapping): StoredPhase | undefined {
  const { from, until, total, failed } = value
  const name = NAMES.find((each) => each === value['name'])
  const byVersion = readVersions(value['byVersion'])
  const latency = value['latency'] === undefined ? undefined : readLatencies(value['latency'])
  if (name === undefined || !byVersion) return undefined
  if (value['latency'] !== undefined && !latency) return undefined
  if (!isCount(from) || !isCount(until) || !isCount(total) || !isCount(failed)) return undefined
  return { name, from, until, total, failed, byVersion, latency }
}

function readLatencies(value: unknown): StoredLatencies | undefined {
  if (!isMapping(value)) return undefined
  const { count, sumMs, minMs, maxMs, buckets } = value
  if (!isCount(count) || !isCount(sumMs) || !isCount(minMs) || !isCount(maxMs)) return undefined
  if (!isList(buckets) || !buckets.every(isCount)) return undefined
  return { count, sumMs, minMs, maxMs, buckets }
}

function readFailure(value: Mapping): Part['failures'][number] | undefined {
  const { at, reason } = value
  return isCount(at) && typeof reason === 'string' ? { at, reason } : undefined
}

function readSeconds(value: Mapping): Part['seconds'] | undefined {
  const { widthMs } = value
  const list = every(value['list'], readSecond)
  // If the width were not a power of two seconds, merging would double it for ever.
  const seconds = isCount(widthMs) ? Math.log2(widthMs / 1000) : -1
  if (!list || !isCount(widthMs) || !Number.isInteger(seconds) || seconds < 0 || seconds > 20) {
    return undefined
  }
  return { widthMs, list }
}

function readSecond(value: Mapping): Part['seconds']['list'][number] | undefined {
  const { at, total, failed, slowestMs } = value
  const byVersion = readVersions(value['byVersion'])
  if (!isCount(at) || !isCount(total) || !isCount(failed) || !isCount(slowestMs)) return undefined
  return byVersion && { at, total, failed, slowestMs, byVersion }
}

function readVersions(value: unknown): Record<string, number> | undefined {
  if (!isMapping(value)) return undefined
  const counts: [string, number][] = []
  for (const [version, count] of Object.entries(value)) {
    if (!isCount(count)) return undefined
    counts.push([version, count])
  }
  return Object.fromEntries(counts)
}

/** Reads every entry of a list; undefined if one of them cannot be read. */
function every<T>(value: unknown, read: (each: Mapping) => T | undefined): T[] | undefined {
  if (!isList(value)) return undefined
  const found: T[] = []
  for (const each of value) {
    const one = isMapping(each) ? read(each) : undefined
    if (one === undefined) return undefined
    found.push(one)
  }
  return found
}

/** Returns an empty part. Merging with it changes only the seconds. */
function nothingAfter({ endedAt }: Part): Part {
  const none = { total: 0, failed: 0, answered: 0, slow: 0 }
  return {
    startedAt: endedAt,
    endedAt,
    all: none,
    judged: none,
    breach: undefined,
    lastFailure: '',
    phases: [],
    failures: [],
    seconds: { widthMs: 1000, list: [] }
  }
}
