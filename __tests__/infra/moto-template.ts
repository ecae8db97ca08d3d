import type { Template } from '../../emulator/cloudformation/template.ts'

/** What moto makes none of, or no attribute of, by what stands in its place. */
const LACKING: Readonly<Record<string, string>> = {
  DatabaseSecret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-AbCdEf',
  CacheUrl: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:cache-url-AbCdEf',
  'DatabaseInstance.MasterUserSecret.SecretArn':
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds-AbCdEf',
  'LoadBalancer.LoadBalancerFullName': 'app/production/0123456789abcdef',
  'LoadBalancer.CanonicalHostedZoneID': 'Z215JYRZR1TBD5',
  'TargetGroupA.TargetGroupFullName': 'targetgroup/orders-a/0123456789abcdef',
  'TargetGroupB.TargetGroupFullName': 'targetgroup/orders-b/0123456789abcdef'
}

/** The same template for moto, as JSON: without the functions and attributes that it has not got. */
export function forMoto(template: Template, certificateArn: string): string {
  const text = JSON.stringify(changed(template))
  return text.replaceAll('{"Ref":"Certificate"}', JSON.stringify(certificateArn))
}

function changed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(changed)
  if (typeof value === 'string') return value.replace(/\$\{CacheGroup\.[\w.]+\}/, 'cache.internal')
  if (typeof value !== 'object' || value === null) return value
  const {
    'Fn::Select': select,
    'Fn::GetAtt': path,
    Ref: named
  } = value as Readonly<Record<string, unknown>>
  if (Array.isArray(select) && JSON.stringify(select).includes('Fn::Cidr')) {
    return `10.0.${16 * Number(select[0])}.0/20`
  }
  if (typeof named === 'string') return LACKING[named] ?? value
  if (typeof path === 'string') {
    const [name = '', ...attribute] = path.split('.')
    return LACKING[path] ?? { 'Fn::GetAtt': [name, attribute.join('.')] }
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, changed(each)]))
}
