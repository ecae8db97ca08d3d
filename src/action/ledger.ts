import { describeError, errorName } from '../aws/errors.ts'
import { nameOf } from '../aws/console-url.ts'
import { isMapping, textIn } from '../documents/mapping.ts'
import type { ReleaseLedger } from '../flow/context.ts'
import type { OptionalReads } from '../aws/optional-reads.ts'
import { canonical } from '../ledger/canonical.ts'
import {
  evidenceItem,
  evidenceKey,
  readAvailabilityItem,
  readWholeEvidence,
  type Measurer
} from '../ledger/evidence-item.ts'
import type { Gate } from '../ledger/gate.ts'
import { gatesOf } from '../ledger/gates.ts'
import { effectOf } from '../ledger/of-all-holds.ts'
import { releaseKey, serviceId } from '../ledger/keys.ts'
import { stoppedByObserver } from '../ledger/availability-segments.ts'
import type { WrittenRecord } from '../ledger/release-record.ts'
import { expiryOf } from '../ledger/ttl.ts'
import type { Item, Table } from '../ledger/table.ts'
import { verificationItem, type VerificationFile } from '../ledger/verification-item.ts'
import type { GateDecision } from '../release/decision.ts'
import { readFollowed } from '../release/followed.ts'
import type { CheckResult, Trigger } from '../release/report.ts'
import { readGateSays, type Heard } from '../ledger/watched.ts'
import type { Language } from '../words/language.ts'
import { checkIssuer } from './issuer-check.ts'
import { refusalWords } from './break-glass-words.ts'
import { checkVersion } from './version-check.ts'
import { checkWatched } from './watched-check.ts'
import { say } from '../words/say.ts'

/** The gate's ledger as a CI job may use it: the job adds its own release and reads the decision. */
export interface Ledger extends ReleaseLedger {
  /** The language of the gate's policy; undefined if the gate has not said it, or if it cannot be read. Never throws. */
  language(): Promise<Language | undefined>
  /** What the gate tells jobs of its policy, read once in a run. Errors: those of DynamoDB. */
  gateSays(): Promise<Heard>
  /** Writes the release's record, unless the ledger has it already. Errors: those of DynamoDB. */
  write(record: WrittenRecord): Promise<void>
  /**
   * Writes the verification file for the functions that verify instead of the job, unless the
   * ledger has it already. Errors: those of DynamoDB.
   */
  writeVerification(deploymentId: string, file: VerificationFile): Promise<void>
}

export interface LedgerOptions {
  /** Called at the first use, so that a job without a ledger does not load DynamoDB's client. */
  readonly table: () => Promise<Table>
  readonly tableName: string
  readonly cluster: string
  readonly service: string
  readonly optionalReads: OptionalReads
  readonly now: () => number
  /** Who started the workflow and in which repository, which the gate's policy has to name. */
  readonly trigger: Pick<Trigger, 'actor' | 'triggeringActor' | 'repository'>
  /** Requests GitHub's OIDC token for an audience; undefined if the job may not request one. */
  readonly idToken: ((audience: string) => Promise<string>) | undefined
}

export function openLedger(options: LedgerOptions): Ledger {
  const { table, tableName, cluster, service, optionalReads, now, trigger, idToken } = options
  const id = serviceId(cluster, service)
  let says: Promise<Heard> | undefined
  const gateSays: Ledger['gateSays'] = () => (says ??= table().then(readGateSays))
  return {
    gateSays,

    async language() {
      const says = await gateSays().catch(() => undefined)
      return typeof says === 'object' ? says.language : undefined
    },

    async check(watchedAs) {
      const name = 'ledger'
      const whoAsks = checkToken()
      const isGated = watchedAs !== undefined
      // The job asks GitHub while it asks AWS. Without a gate nobody wants the token.
      const proof = isGated && idToken ? checkIssuer(gateSays, idToken, now(), whoAsks) : [whoAsks]
      let watched: CheckResult[]
      try {
        const open = await table()
        const look = (): Promise<unknown> => open.get(releaseKey(id, 'd-PREFLIGHT'))
        const [looked] = await Promise.all([
          isGated ? checkWatched(gateSays, watchedAs) : undefined,
          // If the language has been read and no gate is asked, that has shown what this call would.
          !isGated && says ? says.catch(look) : look()
        ])
        watched = looked ? [looked, ...(await checkVersion(gateSays))] : []
      } catch (error) {
        const missing = errorName(error) === 'ResourceNotFoundException'
        const reason = `${tableName}: ${describeError(error)}`
        if (missing)
          return [{ name, verdict: 'NG', reason: say`${reason}; correct \`ledger-table\`` }]
        const unread = say`${reason}; who decides will not be known`
        // The job may still write the record and its token, because that needs another right.
        return [{ name, verdict: 'WARN', reason: unread }, ...(await proof)]
      }
      const reason = say`${tableName} can be read`
      return [{ name, verdict: 'OK', reason }, ...(await proof), ...watched]
    },

    async write(record) {
      const token = await idToken?.(record.deploymentId)
      await (
        await table()
      ).create({
        ...releaseKey(id, record.deploymentId),
        record: canonical(record),
        ...(token === undefined ? {} : { token }),
        ttl: expiryOf(now())
      })
    },

    async writeEvidence(deploymentId, evidence, file) {
      const item = evidenceItem(id, deploymentId, evidence, file)
      await (await table()).create({ ...item, ttl: expiryOf(now()) })
    },

    async writeVerification(deploymentId, file) {
      const item = verificationItem(id, deploymentId, file)
      await (await table()).create({ ...item, ttl: expiryOf(now()) })
    },

    async evidence(deploymentId, names) {
      const items = await evidenceItems(deploymentId, names)
      return items.flatMap((item) => (item && readWholeEvidence(item, deploymentId, now())) ?? [])
    },

    async observation(deploymentId) {
      const [[item], stopped] = await Promise.all([
        evidenceItems(deploymentId, ['availability']),
        optionalReads.read(READ_MEASURED, async () =>
          stoppedByObserver(await table(), id, deploymentId)
        )
      ])
      return { evidence: item && readAvailabilityItem(item, deploymentId), stopped }
    },

    async followed(deploymentId) {
      const item = await optionalReads.read('dynamodb:GetItem', async () =>
        (await table()).get(releaseKey(id, deploymentId))
      )
      const text = textIn(item, 'record')
      const followed = text === undefined ? undefined : readFollowed(followedIn(text))
      const { where } = followed ?? {}
      const isOwn = where && nameOf(where.cluster) === cluster && nameOf(where.service) === service
      return isOwn ? followed : undefined
    },

    async decision(deploymentId) {
      const gates = await optionalReads.read('dynamodb:Query', async () =>
        gatesOf(await table(), deploymentId)
      )
      const last = gates?.sort((a, b) => a.facts.openedAt - b.facts.openedAt).at(-1)
      return last && decisionOf(last)
    }
  }

  /**
   * What a function has measured goes before what a job has. The rights are looked at apart, because
   * CI's policy of an older gate has none for what functions write.
   */
  async function evidenceItems(
    deploymentId: string,
    names: readonly string[]
  ): Promise<readonly (Item | undefined)[]> {
    const read = (right: string, measurer: Measurer): Promise<(Item | undefined)[] | undefined> =>
      optionalReads.read(right, async () => {
        const open = await table()
        return Promise.all(
          names.map((name) => open.get(evidenceKey(id, deploymentId, name, measurer)))
        )
      })
    const [byFunctions, byJob] = await Promise.all([
      read(READ_MEASURED, 'function'),
      read('dynamodb:GetItem', 'job')
    ])
    return names.map((_, index) => byFunctions?.[index] ?? byJob?.[index])
  }

  /**
   * Without the token the gate cannot tell the approver from the requester
   * (docs/gate-policy.md). A job cannot read the policy, so the check only says
   * what the policy has to contain.
   */
  function checkToken(): CheckResult {
    const name = 'who asks'
    if (idToken) {
      const { actor, triggeringActor, repository } = trigger
      const known = [actor, triggeringActor].filter((login) => login !== undefined)
      const logins = [...new Set(known)]
      const reason = say`GitHub's token will prove it to the gate, if its policy lists ${repository ?? say`the repository`} and maps ${logins.join(say` and `) || say`who asks`}`
      return { name, verdict: 'OK', reason }
    }
    return {
      name,
      verdict: 'WARN',
      reason: say`this job may not request GitHub's OIDC token, so who asks cannot be proven; where the gate's policy forbids self-approval nobody will be able to approve: give the job \`permissions: {id-token: write}\``
    }
  }
}

/** What the log calls the right that a policy of an older gate lacks. */
const READ_MEASURED = 'dynamodb:GetItem on measured#'

function followedIn(record: string): unknown {
  try {
    const value: unknown = JSON.parse(record)
    return isMapping(value) ? value['followed'] : undefined
  } catch {
    return undefined
  }
}

function decisionOf(gate: Gate): GateDecision {
  const { facts, state, votes, decision, breakGlassRefused, head } = gate
  const { logins, verified, why } = facts.requester
  return {
    state,
    openedAt: facts.openedAt,
    decidedAt: decision?.at,
    by: decision?.by ?? [],
    reason: decision?.reason,
    breakGlass: decision?.breakGlass ?? false,
    breakGlassRefused: breakGlassRefused && refusalWords(breakGlassRefused),
    votes: votes.map(({ user, name, at }) => ({ id: user, name, at })),
    effect: effectOf(gate),
    head,
    requester: { logins, verified, why }
  }
}
