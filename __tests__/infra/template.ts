import { resolve } from '../../emulator/cloudformation/intrinsics.ts'
import { namesOf, wanted } from '../../emulator/cloudformation/names.ts'
import { parameterValues } from '../../emulator/cloudformation/parameters.ts'
import type { Resource, Template } from '../../emulator/cloudformation/template.ts'
import { readGateTemplate } from '../../emulator/worlds/gate-template.ts'

export const TEMPLATE = 'infra/gate.yaml'

const PLACE = { partition: 'aws', region: 'eu-central-1', account: '123456789012' }

/** Parameters that have no default. */
const NEEDED = {
  CodeBucket: 'code',
  CodeKey: 'gate.zip',
  SlackSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-1'
}

/** The parameters with which there are functions in a VPC. */
export const IN_A_VPC = {
  VerifySubnets: 'subnet-0a1b2c3d',
  VerifySecurityGroups: 'sg-0123456789abcdef0',
  VerifyOrigins: 'https://auth.example.com,http://10.0.0.1:8080',
  VerifySecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:verify-1'
} as const

/** What CloudFormation would make of a template with these parameters; resources by placeholders: `<Ledger>`, `arn:aws:<Ledger.Arn>`. */
export function resolveTemplate(parameters: Readonly<Record<string, string>>): Template {
  const raw = readGateTemplate()
  const values = parameterValues(raw, { ...NEEDED, ...parameters })
  const names = namesOf(raw, values, PLACE, {
    id: (name) => `<${name}>`,
    attribute: (name, attribute) => `arn:aws:<${name}.${attribute}>`
  })
  const Resources = Object.fromEntries(wanted(raw.Resources, names))
  const made = { ...raw, Resources, Conditions: {} }
  return resolve(made, names) as Template
}

export function ofType({ Resources }: Template, type: string): [string, Resource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type)
}
