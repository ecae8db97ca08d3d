import { createClients, type Clients } from '../aws/clients.ts'
import { oidcCredentials } from '../aws/credentials.ts'
import { nameOf } from '../aws/console-url.ts'
import { OptionalReads } from '../aws/optional-reads.ts'
import { throughProxy } from '../aws/proxy.ts'
import { ProblemsError } from '../documents/problems.ts'
import { Refused } from '../release/refusal.ts'
import type { Settings } from '../release/settings.ts'
import { within } from '../release/within.ts'
import type { Io } from './io.ts'
import type { Ledger } from './ledger.ts'
import { triggerOf } from './trigger.ts'
import { say } from '../words/say.ts'

/**
 * The toolkit tries up to ten times, waits three minutes for each answer, and waits for ever
 * if an answer switches to another protocol (@actions/http-client 4). So the job sets its
 * own limit.
 */
const TOKEN_LIMIT_MS = 30_000

/** The settings that are needed to open a session with AWS. */
export type SessionSettings = Pick<
  Settings,
  'region' | 'roleToAssume' | 'roleSessionName' | 'maxRetries' | 'cluster' | 'service'
> &
  Partial<Pick<Settings, 'ledgerTable'>>

/** This job's access to AWS. */
export interface Session {
  readonly clients: Clients
  readonly region: string
  readonly optionalReads: OptionalReads
  /** Undefined without `ledger-table`. */
  readonly ledger: Ledger | undefined
}

/** Errors: Refused if there is no region, no OIDC token, or no proxy where the environment names one. */
export async function openSession(
  { core, env, clock }: Io,
  settings: SessionSettings,
  skipped: (what: string, reason: string) => void
): Promise<Session> {
  const { roleToAssume, roleSessionName, cluster, service } = settings
  requireProxy(env)
  if (roleToAssume !== undefined && !env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new Refused([
      say`\`role-to-assume\` needs GitHub's OIDC token, which this job may not request; give the job \`permissions: {id-token: write}\``
    ])
  }
  const idToken = async (audience: string): Promise<string> => {
    const token = await within(clock, TOKEN_LIMIT_MS, core.getIDToken(audience))
    if (token !== undefined) return token
    throw new Error(say`GitHub gave no OIDC token within ${TOKEN_LIMIT_MS / 1000} s`)
  }
  const asked = settings.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  const clients = createClients({
    region: asked === '' ? undefined : asked,
    maxRetries: settings.maxRetries,
    credentials:
      roleToAssume === undefined
        ? undefined
        : oidcCredentials({
            roleArn: roleToAssume,
            sessionName: roleSessionName,
            region: asked,
            idToken
          })
  })
  const optionalReads = new OptionalReads(clock, skipped)
  const { ledgerTable } = settings
  const ledger =
    ledgerTable === undefined
      ? undefined
      : (await import('./ledger.ts')).openLedger({
          table: async () => {
            const { dynamoTable } = await import('../ledger/dynamo-table.ts')
            return dynamoTable(await clients.dynamodb(), ledgerTable)
          },
          tableName: ledgerTable,
          cluster: nameOf(cluster),
          service: nameOf(service),
          optionalReads,
          now: () => clock.now(),
          trigger: triggerOf(env),
          idToken: env.ACTIONS_ID_TOKEN_REQUEST_URL ? idToken : undefined
        })
  return { clients, region: await regionOf(clients), optionalReads, ledger }
}

function requireProxy(env: Io['env']): void {
  try {
    throughProxy(env)
  } catch (error) {
    throw error instanceof ProblemsError ? new Refused(error.problems, { cause: error }) : error
  }
}

async function regionOf(clients: Clients): Promise<string> {
  try {
    return await clients.ecs.config.region()
  } catch (cause) {
    throw new Refused([say`no AWS region is set; set \`aws-region\`, or AWS_REGION for the job`], {
      cause
    })
  }
}
