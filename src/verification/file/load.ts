import { isMapping } from '../../documents/mapping.ts'
import { ProblemsError } from '../../documents/problems.ts'
import type { Members } from '../../documents/members.ts'
import type { LoadRequest } from '../load/builtin.ts'
import { parseThresholds, type Threshold } from '../load/thresholds.ts'
import type { WantedChecks } from '../load/script-checks.ts'
import { say } from '../../words/say.ts'
import { durationOf } from './conditions.ts'
import { shareIn } from './figures.ts'
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
  const checks = readChecks(section, script !== undefined)
  const extra = section.texts('arguments') ?? []
  if (extra.length > 0 && script === undefined) {
    section.refuse('arguments', say`are those of k6, which runs a script only; name one`)
  }
  const connections = section.wholeNumber('connections', 1, MOST_CONNECTIONS) ?? CONNECTIONS
  const ms = durationOf(section, 'duration') ?? SECONDS * 1000
  if (ms < 1000 || ms > LONGEST_SECONDS * 1000) {
    section.refuse('duration', say`wanted 1 s to ${LONGEST_SECONDS / 60} min`)
  }
  const requests: LoadRequest[] = []
  for (const members of section.mappings('requests')) {
    // Under load no single answer is judged, so these members would have no effect.
    for (const name of ['url', 'expect', 'retries', 'timeout']) {
      if (members.has(name)) members.refuse(name, say`has no meaning in a load`)
    }
    const request = await readRequest(members, { ...declared, allow: [] }, [])
    members.refuseOthers()
    if (request) requests.push(loadRequest(request))
  }
  if (script === undefined && requests.length === 0) {
    section.refuse('requests', say`is missing; wanted requests to send, or a k6 script`)
  }
  section.refuseOthers()
  const builtin = { connections, seconds: ms / 1000, requests }
  return { required, script, arguments: extra, thresholds, checks, builtin }
}

function loadRequest({ method, address, headers, body }: RequestSpec): LoadRequest {
  return { method, path: address, headers, body }
}

/** Far more than a script has; `checks` is no list of requests. */
const MOST_CHECKS = 100

/** Reads `checks: 99 %`, or a share by a check's name. */
function readChecks(section: Members, hasScript: boolean): WantedChecks | undefined {
  const value = section.value('checks')
  if (value === undefined) return undefined
  if (!hasScript) {
    section.refuse('checks', say`are those of a k6 script; name one`)
    return undefined
  }
  if (!isMapping(value)) {
    const all = shareIn(value)
    if (all === undefined) {
      section.refuse('checks', say`wanted a share such as 99 %, or a share by the name of a check`)
    }
    return { all, named: new Map() }
  }
  // k6 tells checks apart by case, which `Members` does not.
  const entries = Object.entries(value)
  if (entries.length === 0 || entries.length > MOST_CHECKS) {
    section.refuse('checks', say`found ${entries.length} names, wanted 1 to ${MOST_CHECKS}`)
  }
  const named = new Map<string, number>()
  for (const [name, wanted] of entries.slice(0, MOST_CHECKS)) {
    const share = shareIn(wanted)
    if (share === undefined) {
      section.refuse(`checks[${JSON.stringify(name)}]`, say`wanted a share such as 99 %`)
    } else named.set(name, share)
  }
  return { all: undefined, named }
}

function readScript(section: Members): string | undefined {
  const script = section.text('script')
  if (script === undefined) return undefined
  const isInside = !/^(\/|~|[A-Za-z]:)|\\|(^|\/)\.\.(\/|$)|[\0\r\n]/.test(script)
  return isInside
    ? script
    : section.refuse(
        'script',
        say`found ${JSON.stringify(script)}, wanted a path within the workspace`
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
