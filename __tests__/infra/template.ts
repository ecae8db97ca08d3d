import { resolve } from '../../emulator/cloudformation/intrinsics.ts'
import { namesOf, wanted } from '../../emulator/cloudformation/names.ts'
import { parameterValues } from '../../emulator/cloudformation/parameters.ts'
import type { Resource, Template } from '../../emulator/cloudformation/template.ts'
import {
  GATE_TEMPLATES,
  parametersOf,
  readGateTemplate,
  type GateTemplate
} from '../../emulator/worlds/gate-template.ts'

export const TEMPLATES = GATE_TEMPLATES.map((name) => `infra/${name}.yaml`)

const PLACE = { partition: 'aws', region: 'eu-central-1', account: '123456789012' }
/** As docs/gate-setup.md names them. */
export const STACKS: Readonly<Record<GateTemplate, string>> = {
  gate: 'release-gate',
  vpc: 'release-gate-vpc',
  policies: 'release-gate-policies'
}

/** Parameters that have no default. */
const NEEDED = {
  CodeBucket: 'code',
  CodeKey: 'gate.zip',
  SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1'
}

/** The parameters with which everything is made: the functions in a VPC, and the one that moves weights. */
export const IN_A_VPC = {
  FailoverRoutes:
    'arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/shop/1a/2b/3c,arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1a/2b',
  VerifySubnets: 'subnet-0a1b2c3d',
  VerifySecurityGroups: 'sg-0123456789abcdef0',
  VerifyOrigins: 'https://auth.example.com,http://10.0.0.1:8080',
  VerifySecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:verify-1'
} as const

/**
 * What CloudFormation would make of the templates with these parameters, as one; resources by
 * placeholders: `<Ledger>`, `arn:aws:<Ledger.Arn>`. The one for a VPC only where there are subnets.
 */
export function resolveTemplate(parameters: Readonly<Record<string, string>>): Template {
  const given = { ...NEEDED, ...parameters }
  const exported = new Map<string, string>()
  const made = GATE_TEMPLATES.filter((name) => name !== 'vpc' || 'VerifySubnets' in given).map(
    (name) => resolveOne(name, given, exported)
  )
  const all = (section: 'Parameters' | 'Resources' | 'Outputs'): object =>
    Object.assign({}, ...made.map((each) => each[section])) as object
  return {
    Parameters: all('Parameters') as Template['Parameters'],
    Conditions: {},
    Resources: all('Resources') as Template['Resources'],
    Outputs: all('Outputs') as Template['Outputs']
  }
}

function resolveOne(
  template: GateTemplate,
  given: Readonly<Record<string, string>>,
  exported: Map<string, string>
): Template {
  const raw = readGateTemplate(template)
  const values = parameterValues(raw, parametersOf(raw, given))
  const names = namesOf(
    raw,
    values,
    { ...PLACE, stackName: STACKS[template] },
    {
      id: (name) => `<${name}>`,
      attribute: (name, attribute) => `arn:aws:<${name}.${attribute}>`,
      imported(name) {
        const value = exported.get(name)
        if (value === undefined) throw new Error(`infra/${template}.yaml imports ${name}`)
        return value
      }
    }
  )
  const Resources = Object.fromEntries(wanted(raw.Resources, names))
  const Outputs = Object.fromEntries(wanted(raw.Outputs, names))
  const made = resolve({ ...raw, Resources, Outputs, Conditions: {} }, names) as Template
  for (const { Export, Value } of Object.values(made.Outputs)) {
    if (Export) exported.set(String(Export.Name), String(Value))
  }
  return made
}

export function ofType({ Resources }: Template, type: string): [string, Resource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type)
}
