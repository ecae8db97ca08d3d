import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { readSettings } from '../../examples/service/settings.ts'
import { ACCOUNTS, DOMAIN_OF, resolveWith } from './account-template.ts'

interface Container {
  readonly Environment: readonly { readonly Name: string; readonly Value: string }[]
  readonly Secrets: readonly { readonly Name: string; readonly ValueFrom: string }[]
  readonly PortMappings: readonly { readonly ContainerPort: string }[]
}

const exported = new Map<string, string>()
resolveWith('account', ACCOUNTS.most, exported)

function containerOf(which: keyof typeof DOMAIN_OF): Container {
  const { Resources } = resolveWith('domain', DOMAIN_OF[which], exported)
  const found = Resources['TaskDefinition']?.Properties['ContainerDefinitions'] as [Container]
  return found[0]
}

/** What a task sees once ECS has put the secrets' values in. */
function environmentOf({ Environment, Secrets }: Container): Record<string, string> {
  const plain = Environment.map(({ Name, Value }) => [Name, Value] as const)
  const secret = Secrets.map(({ Name }) => [Name, `value of ${Name}`] as const)
  return Object.fromEntries([...plain, ...secret])
}

describe('the example service as a domain of infra/domain.yaml', () => {
  const most = containerOf('most')

  test('reads every variable and every secret that the template gives, and finds all three stores by them', () => {
    const read = new Set<string>()
    const given = environmentOf(most)
    const watched = new Proxy(given, {
      get(target, name) {
        read.add(String(name))
        return target[String(name)]
      }
    })
    const { storage, port } = readSettings(watched)
    expect(Object.keys(given).filter((name) => !read.has(name))).toEqual([])
    expect(port).toBe(8080)
    const { databaseUrl = '', redisUrl, mongodbUrl } = storage
    expect(new URL(databaseUrl).hostname).toBe('databaseinstance.internal')
    expect([redisUrl, mongodbUrl]).toEqual(['value of REDIS_URL', 'value of MONGODB_URL'])
  })

  test('gets what is secret by ARN, one key of JSON where RDS keeps several, and may read exactly these', () => {
    const from = most.Secrets.map(({ Name, ValueFrom }) => [Name, ValueFrom.split(':secret:')[1]])
    expect(from).toEqual([
      ['DATABASE_USER', 'DatabaseSecret-AbCdEf:username::'],
      ['DATABASE_PASSWORD', 'DatabaseSecret-AbCdEf:password::'],
      ['REDIS_URL', 'CacheUrl-AbCdEf'],
      ['MONGODB_URL', 'documents-AbCdEf']
    ])
    const { Resources } = resolveWith('domain', DOMAIN_OF.most, exported)
    const [{ PolicyDocument }] = Resources['ExecutionRole']?.Properties['Policies'] as [
      { readonly PolicyDocument: { readonly Statement: readonly Record<string, unknown>[] } }
    ]
    const readable = PolicyDocument.Statement.find(({ Sid }) => Sid === 'ReadSecrets')?.['Resource']
    const named = most.Secrets.map(({ ValueFrom }) => ValueFrom.split(':').slice(0, 7).join(':'))
    expect(readable).toEqual([...new Set(named)])
  })

  test('without database, cache and document store keeps everything in the process', () => {
    const { storage } = readSettings(environmentOf(containerOf('least')))
    expect(Object.values(storage)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('answers where the image says, and where the load balancer asks', () => {
    const dockerfile = readFileSync('examples/service/Dockerfile', 'utf8')
    expect(dockerfile).toContain(`EXPOSE ${most.PortMappings[0]?.ContainerPort}`)
    const { Resources } = resolveWith('domain', DOMAIN_OF.least, exported)
    const path = String(Resources['TargetGroupA']?.Properties['HealthCheckPath'])
    expect(dockerfile).toMatch(new RegExp(`HEALTHCHECK .*${path}`))
    expect(readFileSync('examples/service/routes/status.ts', 'utf8')).toContain(`GET ${path}`)
    // RDS is signed by authorities of its own, which Node is told of.
    expect(dockerfile).toMatch(/NODE_EXTRA_CA_CERTS=\/service\/rds\.pem/)
  })
})
