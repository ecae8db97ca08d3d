import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parseTemplate, type Template } from '../../emulator/cloudformation/template.ts'
import { GATE_TEMPLATES, readGateTemplate } from '../../emulator/worlds/gate-template.ts'
import { describeUnless, describeWith } from '../helpers/needs.ts'
import { OWN, shellOf } from './setup-page.ts'
import { shell } from './tools.ts'

/*
 * What CloudFormation asks of an import (CloudFormation user guide, "Import AWS resources into a
 * CloudFormation stack with a resource import"): the template of a new stack describes what is
 * imported and nothing else, each with a DeletionPolicy, identified by the properties that its type
 * is identified by; and no outputs ("As part of the import operation, you cannot modify or add
 * [Outputs]", awslabs/aws-security-assessment-solution#6).
 */
const block = shellOf('Removing it').find((text) => text.includes('--change-set-type IMPORT')) ?? ''
const [cut = '', create = ''] = block.split('\n\n')

interface Imported {
  readonly ResourceType: string
  readonly LogicalResourceId: string
  readonly ResourceIdentifier: Readonly<Record<string, string>>
}

const [, list = '[]'] = /--resources-to-import '(.*?)'/s.exec(create) ?? []
const imported = JSON.parse(list) as Imported[]

describe('putting the gate back beside what a removal has left', () => {
  let folder: string
  let kept: Template

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kept-'))
    await cp('infra', join(folder, 'infra'), { recursive: true })
    await shell(cut, { folder, environment: {} })
    kept = parseTemplate(readFileSync(join(folder, 'kept.yaml'), 'utf8'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('what a removal leaves is the table and the key', () => {
    const all = GATE_TEMPLATES.flatMap((name) => Object.entries(readGateTemplate(name).Resources))
    const staying = all.filter(([, resource]) => 'DeletionPolicy' in resource)
    expect(staying.map(([name]) => name)).toEqual(['Ledger', 'SealKey'])
    for (const [, resource] of staying) expect(resource).toMatchObject({ DeletionPolicy: 'Retain' })
  })

  test('the template that the page cuts out has these two as they are, and no outputs', () => {
    const { Ledger, SealKey } = readGateTemplate().Resources
    expect(kept.Resources).toEqual({ Ledger, SealKey })
    expect(kept.Outputs).toEqual({})
  })

  test('both are imported, and every parameter without a default is given', () => {
    expect(
      imported.map(({ LogicalResourceId, ResourceType }) => [LogicalResourceId, ResourceType])
    ).toEqual(Object.entries(kept.Resources).map(([name, { Type }]) => [name, Type]))
    const needed = Object.entries(kept.Parameters)
      .filter(([, parameter]) => !('Default' in parameter))
      .map(([name]) => name)
    const given = [...create.matchAll(/ParameterKey=(\w+)/g)].map(([, name]) => name)
    expect(given.sort()).toEqual(needed.sort())
  })

  describeWith(['cfn-lint'], 'cfn-lint', () => {
    test('finds nothing in it but parameters and conditions that nobody uses', () => {
      const { stdout } = spawnSync('cfn-lint', ['--format', 'parseable', 'kept.yaml'], {
        cwd: folder,
        encoding: 'utf8'
      })
      const rules = stdout.match(/:([EW]\d{4}):/g) ?? []
      expect([...new Set(rules)].sort()).toEqual([':W2001:', ':W8001:'])
    }, 60_000)
  })

  describeWith(['aws'], 'the AWS CLI', () => {
    // It checks a command's values by its models and asks nobody, if it is to show an answer's form.
    test('takes the command', async () => {
      const command = create.split('\naws cloudformation wait')[0] ?? ''
      const own = command.replaceAll('BUCKET', OWN.BUCKET).replace('KEY_ID', 'mrk-1')
      const environment = { AWS_DEFAULT_REGION: OWN.REGION }
      const answer = await shell(`${own} --generate-cli-skeleton output`, { folder, environment })
      expect(JSON.parse(answer)).toHaveProperty('StackId')
      const wrong = own.replace('ResourceIdentifier', 'Identifier')
      await expect(
        shell(`${wrong} --generate-cli-skeleton output`, { folder, environment })
      ).rejects.toThrow(/Identifier/)
    }, 60_000)
  })
})

const SCHEMAS = 'from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as m'
const missing =
  spawnSync('python3', ['-c', SCHEMAS]).status === 0 ? undefined : 'no python3 with cfn-lint'

describeUnless(missing, "CloudFormation's registry", () => {
  test.each(imported.map((each) => [each.ResourceType, each] as const))(
    'identifies %s by what the page gives',
    (type, { ResourceIdentifier }) => {
      const ask = `${SCHEMAS}; print(*m.get_resource_schema('eu-west-1', '${type}').schema['primaryIdentifier'])`
      const { stdout } = spawnSync('python3', ['-c', ask], { encoding: 'utf8' })
      const names = Object.keys(ResourceIdentifier).map((name) => `/properties/${name}`)
      expect(stdout.trim()).toBe(names.join(' '))
    },
    30_000
  )
})
