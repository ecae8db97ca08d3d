import { isList } from '../../documents/mapping.ts'
import { parseDocument } from '../../documents/parse.ts'
import { Members } from '../../documents/members.ts'
import { ProblemsError } from '../../documents/problems.ts'
import { sha256 } from '../../ledger/canonical.ts'
import { readLogins, readSlackIds } from './ids.ts'
import type { Policy } from './policy.ts'
import { LANGUAGES } from '../../words/language.ts'
import { isReachable, readRules, requireRules } from './read-rules.ts'
import { say } from '../../words/say.ts'

/** Characters. SSM stores 8 KiB at most (advanced tier), and this is still quickly read at every start. */
const LONGEST_DOCUMENT = 64 * 1024

/** docs.github.com, "OpenID Connect reference". */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com'

/** Keys that are fetched over http prove nothing, unless they come from this machine. */
const ISSUER = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)(:|\/|$))[^\s?#]*[^\s?#/]$/

/** The policy document is not valid. The gate stays closed until it is. */
export class PolicyError extends ProblemsError {
  override readonly name = 'PolicyError'
}

/**
 * Reads the policy from a YAML (or JSON) document, as docs/gate-policy.md describes it. `path` is
 * what problems call the document.
 *
 * @throws PolicyError naming every problem, each with its path.
 */
export async function parsePolicy(text: string, path = 'policy.yml'): Promise<Policy> {
  if (text.length > LONGEST_DOCUMENT) {
    throw new PolicyError([
      say`found ${text.length} characters, wanted at most ${LONGEST_DOCUMENT}`
    ])
  }
  const problems: string[] = []
  const root = new Members(await readDocument(text, path), '', problems)
  root.require('version', 'language', 'slack', 'approvers', 'self-approval')
  root.wholeNumber('version', 1, 1)
  const language = root.oneOf('language', LANGUAGES)
  const slack = readSlack(root)
  const github = readGithub(root)
  const rules = requireRules(readRules(root))
  const services = readServices(root)
  const watch = readWatch(root)
  const testHosts = readTestHosts(root)
  root.refuseOthers()
  if (rules && problems.length === 0) {
    isReachable(rules, github.identities, root)
    for (const { members, rules: own } of services) {
      isReachable({ ...rules, ...own }, github.identities, members)
    }
  }
  if (problems.length > 0 || !language || !slack || !rules) throw new PolicyError(problems)
  return {
    digest: sha256(text),
    language,
    slack,
    github,
    rules,
    services: services.map(({ pattern, rules: own }) => ({ pattern, rules: own })),
    testHosts,
    watch
  }
}

async function readDocument(text: string, path: string): ReturnType<typeof parseDocument> {
  try {
    return await parseDocument(text, path)
  } catch (error) {
    if (error instanceof ProblemsError) throw new PolicyError(error.problems)
    throw error
  }
}

// The functions below return undefined if the member is optional and absent, or if they have noted a problem.

function readSlack(root: Members): Policy['slack'] | undefined {
  const members = root.mapping('slack')
  members?.require('team', 'app', 'channel')
  const list = isList(members?.value('team')) ? 'list' : 'one'
  const teams = (members && readSlackIds(members, 'team', 'team', list)) ?? []
  if (list === 'list' && teams.length === 0) members?.refuse('team', say`names no workspace`)
  const [enterprise] = (members && readSlackIds(members, 'enterprise', 'enterprise')) ?? []
  const [app] = (members && readSlackIds(members, 'app', 'app')) ?? []
  const [channel] = (members && readSlackIds(members, 'channel', 'channel')) ?? []
  members?.refuseOthers()
  return teams.length > 0 && app && channel ? { teams, enterprise, app, channel } : undefined
}

/** By default the card links no release's test-url. */
function readTestHosts(root: Members): readonly string[] {
  const hosts = root.texts('test-hosts') ?? []
  for (const host of hosts.filter((each) => !/^[a-z0-9*][a-z0-9.*-]*$/.test(each))) {
    root.refuse(
      'test-hosts',
      say`found ${JSON.stringify(host)}, wanted a host such as test.example.com or *.example.com`
    )
  }
  return hosts
}

/** If `github` is absent, nobody can prove who asked, which matters only while self-approval is forbidden. */
function readGithub(root: Members): Policy['github'] {
  const members = root.mapping('github')
  if (!members) return { issuer: GITHUB_ISSUER, repositories: [], identities: {} }
  members.require('repositories', 'identities')
  const issuer = members.text('issuer') ?? GITHUB_ISSUER
  if (!ISSUER.test(issuer)) {
    members.refuse(
      'issuer',
      say`found ${JSON.stringify(issuer)}, wanted the https URL of an issuer`
    )
  }
  const repositories = members.texts('repositories') ?? []
  for (const name of repositories.filter((each) => !/^[\w.-]+\/[\w.-]+$/.test(each))) {
    members.refuse('repositories', say`found ${JSON.stringify(name)}, wanted owner/name`)
  }
  const identities = readLogins(members.mapping('identities'))
  members.refuseOthers()
  return { issuer, repositories, identities }
}

interface ServiceRules {
  readonly pattern: string
  readonly rules: ReturnType<typeof readRules>
  readonly members: Members
}

function readServices(root: Members): ServiceRules[] {
  const services = root.mapping('services')
  return (services?.keys() ?? []).flatMap((pattern) => {
    const members = services?.mapping(pattern)
    if (!/^[^/\s]+\/[^/\s]+$/.test(pattern)) {
      services?.refuse(
        pattern,
        say`wanted cluster/service, where * stands for any characters but /`
      )
    }
    if (!members) return []
    const rules = readRules(members)
    members.refuseOthers()
    return [{ pattern, rules, members }]
  })
}

/** If the document has no `watch`, the watchdog looks at every group and only reports. */
const WATCHED_UNLESS_SAID: Policy['watch'] = { deploymentGroups: ['*/*'], onUngated: 'report' }

function readWatch(root: Members): Policy['watch'] {
  const members = root.mapping('watch')
  if (!members) return WATCHED_UNLESS_SAID
  members.require('deployment-groups', 'on-ungated')
  const deploymentGroups = members.texts('deployment-groups') ?? []
  for (const pattern of deploymentGroups.filter((each) => !/^[^/]+\/[^/]+$/.test(each))) {
    members.refuse(
      'deployment-groups',
      say`found ${JSON.stringify(pattern)}, wanted application/deployment group`
    )
  }
  const onUngated = members.oneOf('on-ungated', ['stop', 'report'] as const) ?? 'report'
  members.refuseOthers()
  return { deploymentGroups, onUngated }
}
