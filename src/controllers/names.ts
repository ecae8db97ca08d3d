import type { EcrImage, Named, NamedThing } from '../taskdef/named.ts'
import type { Asked, LookUps } from '../aws/look-ups.ts'
import { isMapping, isList, type Mapping } from '../documents/mapping.ts'
import type { CheckResult } from '../release/report.ts'
import { say } from '../words/say.ts'

/** What was found out about one name. */
interface Finding {
  readonly verdict: CheckResult['verdict']
  readonly text: string
}

/** What a deployment names: functions that it calls, and what its tasks need to start. */
export interface ReleaseNames extends Named {
  /** Names or ARNs. */
  readonly functions: readonly string[]
  /** The account that is released to; undefined if it is not known. */
  readonly account: string | undefined
}

/**
 * Looks up every name before anything is written: one line for each kind of which there is one. AWS takes
 * the names as they are when it registers a task definition and creates a deployment, and fails with
 * them while green starts, or an hour later at a hook.
 */
export async function checkNames(
  { functions, account, images, logGroups, roles, secrets, parameters }: ReleaseNames,
  look: LookUps
): Promise<CheckResult[]> {
  const lines = await Promise.all([
    line(
      'functions',
      [...new Set(functions)].map((name) => functionFinding(name, look))
    ),
    line(
      'images',
      images.map(({ image, ecr }) => imageFinding(image, ecr, look))
    ),
    line(
      say`log groups`,
      logGroups.map(async ({ name, region }) =>
        existing(name, await look.logGroup(name, region), 'logs:DescribeLogGroups', {
          place: region,
          todo: say`create it, or set the log option \`awslogs-create-group: true\``
        })
      )
    ),
    line(
      'roles',
      roles.map((role) => roleFinding(role, look))
    ),
    line('secrets', [
      ...secrets.map((secret) => secretFinding(secret, look)),
      ...regionsOf(parameters).map((region) =>
        parameterFindings(parameters, { account, region }, look)
      )
    ])
  ])
  return lines.filter((each) => each !== undefined)
}

const GRAVEST_FIRST = ['NG', 'WARN', 'SKIP', 'OK'] as const

async function line(
  name: string,
  asked: readonly Promise<Finding | readonly Finding[]>[]
): Promise<CheckResult | undefined> {
  const findings = (await Promise.all(asked)).flat()
  const sorted = GRAVEST_FIRST.flatMap((verdict) =>
    findings.filter((finding) => finding.verdict === verdict)
  )
  const [gravest] = sorted
  if (gravest === undefined) return undefined
  return { name, verdict: gravest.verdict, reason: sorted.map(({ text }) => text).join('; ') }
}

function existing(
  name: string,
  found: Asked<unknown>,
  right: string,
  { place, todo }: { readonly place?: string | undefined; readonly todo?: string } = {}
): Finding {
  if (found === undefined) return unknown(name, right)
  const where = place === undefined ? '' : say` in ${place}`
  if (found !== 'absent') return { verdict: 'OK', text: say`${name} exists` }
  const end = todo === undefined ? '' : `: ${todo}`
  return { verdict: 'NG', text: say`${name} does not exist${where}${end}` }
}

function unknown(name: string, right: string): Finding {
  return { verdict: 'SKIP', text: say`${name} could not be looked up with \`${right}\`` }
}

async function functionFinding(name: string, look: LookUps): Promise<Finding> {
  const found = await look.lambda(name)
  if (found === undefined || found === 'absent') {
    return existing(name, found, 'lambda:GetFunctionConfiguration', {
      todo: say`no hook could run, and the deployment would wait an hour for its answer`
    })
  }
  const { state, reason } = found
  if (state === 'Active') return { verdict: 'OK', text: say`${name} exists` }
  const why = reason === undefined ? '' : ` (${reason})`
  // A failed function cannot be invoked; one that is idle or not ready yet may be by the time of its hook.
  return { verdict: state === 'Failed' ? 'NG' : 'WARN', text: say`${name} is ${state}${why}` }
}

async function imageFinding(
  image: string,
  ecr: EcrImage | undefined,
  look: LookUps
): Promise<Finding> {
  if (ecr === undefined) {
    return { verdict: 'SKIP', text: say`${image} is in a registry that is not asked` }
  }
  const digest = await look.image(ecr)
  if (digest === undefined) return unknown(image, 'ecr:DescribeImages')
  if (digest !== 'absent') {
    return {
      verdict: 'OK',
      text: image.endsWith(digest) ? say`${image} exists` : say`${image} is ${digest}`
    }
  }
  const prefixes = await look.cachePrefixes(ecr)
  if (prefixes === undefined) {
    return {
      verdict: 'WARN',
      text: say`${image} is not in ECR; unless a pull-through cache rule fetches it, no task of green can start (the rules could not be looked up with \`ecr:DescribePullThroughCacheRules\`)`
    }
  }
  const rule = prefixes.find((prefix) => covers(prefix, ecr.repository))
  if (rule === undefined) {
    return {
      verdict: 'NG',
      text: say`${image} is not in ECR: push it before the release, or correct repository and tag`
    }
  }
  return {
    verdict: 'SKIP',
    text: say`${image} is not in ECR yet; the pull-through cache rule ${rule} may fetch it`
  }
}

/** A prefix stands for whole parts of a name, and `ROOT` for every name (ECR user guide, pull through cache). */
function covers(prefix: string, repository: string): boolean {
  return prefix === 'ROOT' || repository.startsWith(prefix.replace(/\/?$/, '/'))
}

async function roleFinding(role: string, look: LookUps): Promise<Finding> {
  const found = await look.role(role.split('/').at(-1) ?? role)
  if (found === undefined || found === 'absent') return existing(role, found, 'iam:GetRole')
  if (role.startsWith('arn:') && role !== found.arn) {
    const isOurs = accountOf(role) === accountOf(found.arn)
    return isOurs
      ? { verdict: 'NG', text: say`${role} does not exist: the role of that name is ${found.arn}` }
      : { verdict: 'SKIP', text: say`${role} is of another account than ${accountOf(found.arn)}` }
  }
  if (trustsTasks(found.trust)) return { verdict: 'OK', text: say`${role} exists` }
  return {
    verdict: 'NG',
    text: say`${role} does not trust ecs-tasks.amazonaws.com, so no task can run with it: add it to the role's trust policy`
  }
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

/**
 * Whether a statement lets ECS's tasks assume the role. Conditions are not judged, and a policy that cannot be
 * read counts as one that does.
 */
function trustsTasks(trust: string): boolean {
  let policy: unknown
  try {
    policy = JSON.parse(trust)
  } catch {
    return true
  }
  if (!isMapping(policy)) return true
  return listOf(policy.Statement)
    .filter(isMapping)
    .some((statement) => statement.Effect === 'Allow' && namesTasks(statement))
}

function namesTasks({ Principal, NotPrincipal }: Mapping): boolean {
  if (NotPrincipal !== undefined || Principal === '*') return true
  if (!isMapping(Principal)) return false
  return [...listOf(Principal.Service), ...listOf(Principal.AWS)].some(
    (each) => each === '*' || (typeof each === 'string' && each.startsWith('ecs-tasks.'))
  )
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [value]
}

async function secretFinding({ id, region }: NamedThing, look: LookUps): Promise<Finding> {
  const found = await look.secret(id, region)
  if (found === 'being-deleted') {
    return {
      verdict: 'NG',
      text: say`${id} is scheduled for deletion, and has no value until it is restored`
    }
  }
  return existing(id, found, 'secretsmanager:DescribeSecret')
}

function regionsOf(things: readonly NamedThing[]): readonly (string | undefined)[] {
  return [...new Set(things.map(({ region }) => region))]
}

async function parameterFindings(
  parameters: readonly NamedThing[],
  {
    account,
    region
  }: { readonly account: string | undefined; readonly region: string | undefined },
  look: LookUps
): Promise<readonly Finding[]> {
  const all = parameters.filter((parameter) => parameter.region === region).map(({ id }) => id)
  const shared = all.filter((id) => id.startsWith('arn:') && accountOf(id) !== account)
  const own = all.filter((id) => !shared.includes(id)).map((id) => ({ id, names: namesOf(id) }))
  const there =
    own.length === 0
      ? undefined
      : await look.parameters(
          own.flatMap(({ names }) => names),
          region
        )
  return [
    ...own.map(({ id, names }) =>
      existing(
        id,
        there && (names.some((name) => there.has(name)) ? 'there' : 'absent'),
        'ssm:DescribeParameters'
      )
    ),
    ...shared.map((id): Finding => ({
      verdict: 'SKIP',
      text: say`${id} is not known to be of this account`
    }))
  ]
}

/** `parameter/shop` in an ARN stands for `shop` and for `/shop` (Systems Manager user guide). */
function namesOf(id: string): readonly string[] {
  const [, path] = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter\/(.+)$/.exec(id) ?? []
  if (path === undefined) return [id]
  return path.includes('/') ? [`/${path}`] : [path, `/${path}`]
}
