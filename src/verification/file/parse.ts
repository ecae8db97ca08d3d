import { createHash } from 'node:crypto'
import { Members } from '../../documents/members.ts'
import { parseDocument } from '../../documents/parse.ts'
import { ProblemsError } from '../../documents/problems.ts'
import { LONGEST_EVIDENCE_NAME } from '../../ledger/release-record.ts'
import { LONGEST_VERIFICATION } from '../../ledger/verification-item.ts'
import { readAvailability } from './availability.ts'
import { readLoad } from './load.ts'
import { readMetricsSection } from './metrics.ts'
import type { Checks, Flow, RequestSpec, StepSpec, TargetSettings, Verification } from './model.ts'
import { readRecovery } from './recovery.ts'
import { originOf, readRequest, readStep, type Declared } from './requests.ts'
import { say } from '../../words/say.ts'

/** The verification file is not valid. */
export class VerificationError extends ProblemsError {
  override readonly name = 'VerificationError'
}

const MOST_REQUESTS = 200
/** Evidence is stored by name, and other evidence has these names. */
const TAKEN = ['checks', 'load', 'availability', 'metrics', 'metrics during the shift', 'recovery']

/**
 * Reads the verification in a YAML or JSON file, as docs/verification.md describes it.
 *
 * @throws VerificationError with every problem, each with its path.
 */
export async function parseVerification(text: string, path: string): Promise<Verification> {
  const length = Buffer.byteLength(text)
  if (length > LONGEST_VERIFICATION) {
    throw new VerificationError([
      say`${path}: found ${length} bytes, wanted at most ${LONGEST_VERIFICATION}`
    ])
  }
  const problems: string[] = []
  const root = new Members(await readDocument(text, path), '', problems)
  root.require('version')
  root.wholeNumber('version', 1, 1)
  const env = readEnv(root)
  const target = readTarget(root)
  const declared = { env, allow: target.allow }
  const checks = await readChecks(root, declared)
  const flows = await readFlows(root, declared)
  const load = await readLoad(root, declared)
  const availability = readAvailability(root)
  const metrics = readMetricsSection(root)
  const recovery = readRecovery(root)
  root.refuseOthers()
  const isSomething = checks ?? load ?? availability ?? metrics ?? recovery ?? flows[0]
  if (problems.length === 0 && !isSomething) {
    problems.push(
      say`nothing is verified: wanted checks, flows, load, availability, metrics or recovery`
    )
  }
  if (problems.length > 0) {
    throw new VerificationError(problems.map((problem) => `${path}: ${problem}`))
  }
  const digest = createHash('sha256').update(text).digest('hex')
  const file = { path, text }
  return { file, digest, env, target, checks, flows, load, availability, metrics, recovery }
}

async function readDocument(text: string, path: string): ReturnType<typeof parseDocument> {
  try {
    return await parseDocument(text, path)
  } catch (error) {
    if (error instanceof ProblemsError) throw new VerificationError(error.problems)
    throw error
  }
}

/**
 * Variables of the runner and of AWS's clients: tokens of the job (`ACTIONS_RUNTIME_TOKEN`,
 * `ACTIONS_ID_TOKEN_REQUEST_TOKEN`), its AWS credentials, the inputs of its actions, and the
 * files by which a step writes outputs, the environment and the PATH of later steps
 * (GitHub's documentation, "Variables reference" and "Workflow commands"; AWS's, "Environment
 * variables to configure the AWS CLI"). Neither green nor a load may have them.
 */
const OF_THE_RUNNER = /^(ACTIONS|AWS|GITHUB|INPUT|RUNNER)_/i

function readEnv(root: Members): readonly string[] {
  const names = root.texts('env') ?? []
  for (const name of names.filter((each) => OF_THE_RUNNER.test(each))) {
    root.refuse(
      'env',
      say`found ${name}, which the runner or AWS's clients use; accepted is any other name but ACTIONS_*, AWS_*, GITHUB_*, INPUT_* and RUNNER_*, so hand the value over by one of your own`
    )
  }
  for (const name of names.filter((each) => !/^[A-Za-z_]\w*$/.test(each))) {
    root.refuse(
      'env',
      say`found ${JSON.stringify(name)}, wanted the name of an environment variable`
    )
  }
  return names
}

function readTarget(root: Members): TargetSettings {
  const target = root.mapping('target')
  const test = target?.text('test')
  if (test !== undefined && !isOrigin(test)) {
    target?.refuse('test', noOrigin(test))
  }
  const production = target?.text('production')
  if (production !== undefined && !isOrigin(production)) {
    target?.refuse('production', noOrigin(production))
  }
  const allow = target?.texts('allow') ?? []
  for (const each of allow.filter((text) => !isOrigin(text))) {
    target?.refuse('allow', noOrigin(each))
  }
  target?.refuseOthers()
  return {
    test: test && originOf(test),
    production: production && originOf(production),
    allow: allow.flatMap((text) => originOf(text) ?? [])
  }
}

function noOrigin(found: string): string {
  return say`found ${JSON.stringify(found)}, wanted http:// or https://, a host, and a port where it is another than the usual`
}

function isOrigin(text: string): boolean {
  return originOf(text) !== undefined && /^\/?$/.test(text.replace(/^https?:\/\/[^/?]+/, ''))
}

async function readChecks(root: Members, declared: Declared): Promise<Checks | undefined> {
  const section = root.mapping('checks')
  if (!section) return undefined
  const requests: RequestSpec[] = []
  for (const members of bounded(section, 'requests')) {
    const request = await readRequest(members, declared, [])
    members.refuseOthers()
    if (request) requests.push(request)
  }
  const required = readRequired(section)
  section.refuseOthers()
  return { required, requests }
}

async function readFlows(root: Members, declared: Declared): Promise<Flow[]> {
  const flows: Flow[] = []
  const names = new Set<string>()
  for (const members of root.mappings('flows')) {
    members.require('name')
    const name = members.text('name') ?? ''
    if (names.has(name)) members.refuse('name', say`${JSON.stringify(name)} is there twice`)
    names.add(name)
    const length = Buffer.byteLength(name)
    if (length > LONGEST_EVIDENCE_NAME) {
      members.refuse(
        'name',
        say`found ${length} bytes, wanted at most ${LONGEST_EVIDENCE_NAME}; shorten the name`
      )
    }
    if (TAKEN.includes(name)) members.refuse('name', say`${JSON.stringify(name)} is a section's`)
    const steps: StepSpec[] = []
    const known: string[] = []
    for (const each of bounded(members, 'steps')) {
      const step = await readStep(each, declared, known)
      if (step) steps.push(step)
    }
    flows.push({ name, required: readRequired(members), steps })
    members.refuseOthers()
  }
  return flows
}

/**
 * Every section has to state it, because it decides whether a person can still approve after
 * a failure.
 */
function readRequired(section: Members): boolean {
  section.require('required')
  return section.flag('required') ?? true
}

function bounded(section: Members, name: string): readonly Members[] {
  const found = section.mappings(name)
  if (found.length === 0) section.refuse(name, say`is empty, wanted at least one`)
  if (found.length > MOST_REQUESTS) {
    section.refuse(name, say`found ${found.length}, wanted at most ${MOST_REQUESTS}`)
  }
  return found.slice(0, MOST_REQUESTS)
}
