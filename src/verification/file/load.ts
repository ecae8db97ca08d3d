import { ProblemsError } from '../../documents/problems.ts'
import type { Members } from '../../documents/members.ts'
import type { LoadRequest } from '../load/builtin.ts'
import { parseThresholds, type Threshold } from '../load/thresholds.ts'
import { durationOf } from './conditions.ts'
import type { Load, RequestSpec } from './model.ts'
import { readRequest, type Declared } from './requests.ts'

const CONNECTIONS = 10
const MOST_CONNECTIONS = 1_000
const SECONDS = 30
const LONGEST_SECONDS = 3_600

/** Reads the `load` section; undefined if there is none. */
export async function readLoad(root: Members, declared: Declared): Promise<Load | undefined> {
  const section = root.mapping('load')
  if (!section) return undefined
  section.require('required', 'thresholds')
  const required = section.flag('required') ?? true
  const script = readScript(section)
  const thresholds = readThresholds(section)
  const extra = section.texts('arguments') ?? []
  if (extra.length > 0 && script === undefined) {
    section.refuse('arguments', 'are those of k6, which runs a script only; name one')
  }
  const connections = section.wholeNumber('connections', 1, MOST_CONNECTIONS) ?? CONNECTIONS
  const ms = durationOf(section, 'duration') ?? SECONDS * 1000
  if (ms < 1000 || ms > LONGEST_SECONDS * 1000) {
    section.refuse('duration', `wanted 1 s to ${LONGEST_SECONDS / 60} min`)
  }
  const requests: LoadRequest[] = []
  for (const members of section.mappings('requests')) {
    // Under load no single answer is judged, so these members would have no effect.
    for (const name of ['url', 'expect', 'retries', 'timeout']) {
      if (members.has(name)) members.refuse(name, 'has no meaning in a load')
    }
    const request = await readRequest(members, { ...declared, allow: [] }, [])
    members.refuseOthers()
    if (request) requests.push(loadRequest(request))
  }
  if (script === undefined && requests.length === 0) {
    section.refuse('requests', 'is missing; wanted requests to send, or a k6 script')
  }
  section.refuseOthers()
  const builtin = { connections, seconds: ms / 1000, requests }
  return { required, script, arguments: extra, thresholds, builtin }
}

function loadRequest({ method, address, headers, body }: RequestSpec): LoadRequest {
  return { method, path: address, headers, body }
}

function readScript(section: Members): string | undefined {
  const script = section.text('script')
  if (script === undefined) return undefined
  const isInside = !/^(\/|~|[A-Za-z]:)|\\|(^|\/)\.\.(\/|$)|[\0\r\n]/.test(script)
  return isInside
    ? script
    : section.refuse(
        'script',
        `found ${JSON.stringify(script)}, wanted a path within the workspace`
      )
}

function readThresholds(section: Members): readonly Threshold[] {
  const texts = section.texts('thresholds') ?? []
  try {
    return parseThresholds(texts, 'thresholds')
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    for (const problem of error.problems) {
      const [, place = 'thresholds', complaint = problem] = /^([^:]*): (.*)$/s.exec(problem) ?? []
      section.refuse(place, complaint)
    }
    return []
  }
}
