import { describeError } from '../aws/errors.ts'
import { isMapping, textIn } from '../documents/mapping.ts'
import type { GateSays, Heard } from '../ledger/watched.ts'
import type { CheckResult } from '../release/report.ts'
import { say } from '../words/say.ts'

/**
 * The audience of the token that pre-flight asks for. The gate takes only tokens whose audience is
 * the deployment's id, so this one proves nothing to it.
 */
const AUDIENCE = 'ecs-gated-deploy/pre-flight'
const MINUTE_MS = 60_000
/** The sweep tries the keys once an hour. What is older says nothing of now. */
const KEYS_KNOWN_MINUTES = 150

/**
 * Whether this job gets GitHub's OIDC token, whether the token is of the issuer that the gate's
 * policy believes, and whether the gate's functions could fetch that issuer's keys. Without one of
 * these nobody can approve where self-approval is forbidden, and the card says so only once the
 * deployment waits. The issuer is that of a token, because no variable of the job names it reliably.
 * `whoAsks` is the check of the name that stands if the job gets a token. Never throws.
 */
export async function checkIssuer(
  gateSays: () => Promise<Heard>,
  idToken: (audience: string) => Promise<string>,
  now: number,
  whoAsks: CheckResult
): Promise<CheckResult[]> {
  const name = 'issuer'
  const [says, token] = await Promise.allSettled([gateSays(), idToken(AUDIENCE)])
  if (token.status === 'rejected') {
    const why = describeError(token.reason)
    const reason = say`GitHub gave this job no OIDC token: ${why}; where the gate's policy forbids self-approval nobody will be able to approve: give the job \`permissions: {id-token: write}\`, and let the runner reach the token service of GitHub`
    return [{ name: whoAsks.name, verdict: 'WARN', reason }]
  }
  const issuer = issuerOf(token.value)
  if (issuer === undefined) {
    const reason = say`GitHub gave this job a token that names no issuer, so whether the gate believes it is not known`
    return [whoAsks, { name, verdict: 'SKIP', reason }]
  }
  if (says.status === 'rejected') {
    const why = describeError(says.reason)
    const reason = say`this job's token is of ${issuer}; whether the gate believes that issuer is not known: ${why}`
    return [whoAsks, { name, verdict: 'SKIP', reason }]
  }
  return [whoAsks, { name, ...judge(issuer, says.value, now) }]
}

function judge(issuer: string, says: Heard, now: number): Omit<CheckResult, 'name'> {
  if (says === 'unusable' || says?.issuer === undefined) {
    const reason = say`this job's token is of ${issuer}; the gate has not said yet which issuer it believes`
    return { verdict: 'SKIP', reason }
  }
  if (says.issuer !== issuer) {
    const reason = say`this job's token is of ${issuer}, while the gate believes ${says.issuer}; where its policy forbids self-approval nobody will be able to approve: set \`github.issuer: ${issuer}\` in the policy`
    return { verdict: 'WARN', reason }
  }
  return judgeKeys(issuer, says.keys, now)
}

function judgeKeys(issuer: string, keys: GateSays['keys'], now: number): Omit<CheckResult, 'name'> {
  const minutes = keys && Math.max(0, Math.round((now - keys.at) / MINUTE_MS))
  if (!keys || minutes === undefined || minutes > KEYS_KNOWN_MINUTES) {
    const reason = say`the gate believes tokens of ${issuer}; whether its functions reach the keys of that issuer now is not known`
    return { verdict: 'SKIP', reason }
  }
  if (keys.why === undefined) {
    const reason = say`the gate believes tokens of ${issuer}, and could fetch the keys ${minutes} min ago`
    return { verdict: 'OK', reason }
  }
  const reason = say`the gate's functions could not fetch the keys of ${issuer} ${minutes} min ago (${keys.why}); where the policy forbids self-approval nobody will be able to approve: let the functions reach this address (docs/gate-policy.md, GitHub Enterprise Server)`
  return { verdict: 'WARN', reason }
}

/** The claim `iss`. The signature is the gate's matter. */
function issuerOf(token: string): string | undefined {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    const claims: unknown = JSON.parse(text)
    return isMapping(claims) ? textIn(claims, 'iss') : undefined
  } catch {
    return undefined
  }
}
