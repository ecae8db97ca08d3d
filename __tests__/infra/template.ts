import { readFileSync } from 'node:fs'
import { resolve, type Names } from '../../emulator/cloudformation/intrinsics.ts'
import { parameterValues } from '../../emulator/cloudformation/parameters.ts'
import {
  parseTemplate,
  type Resource,
  type Template
} from '../../emulator/cloudformation/template.ts'

export const TEMPLATE = 'infra/gate.yaml'

/** Of an account in eu-central-1. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com'
}

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
  VerifySecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:verify-1'
} as const

/** What CloudFormation would make of a template with these parameters; resources by placeholders: `<Ledger>`, `arn:aws:<Ledger.Arn>`. */
export function resolveTemplate(
  parameters: Readonly<Record<string, string>>,
  text = readFileSync(TEMPLATE, 'utf8')
): Template {
  const raw = parseTemplate(text)
  const values = parameterValues(raw, { ...NEEDED, ...parameters })
  const names: Names = {
    ref: (name) => values.get(name) ?? PSEUDO[name] ?? `<${name}>`,
    attribute: (name, attribute) => `arn:aws:<${name}.${attribute}>`,
    holds: (condition) => resolve(raw.Conditions[condition], names) === true
  }
  const resources = Object.entries(raw.Resources).filter(
    ([, { Condition }]) => Condition === undefined || names.holds(Condition)
  )
  const made = { ...raw, Resources: Object.fromEntries(resources), Conditions: {} }
  return resolve(made, names) as Template
}

export function ofType({ Resources }: Template, type: string): [string, Resource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type)
}
