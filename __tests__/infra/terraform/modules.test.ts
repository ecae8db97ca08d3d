import { readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  filesOf,
  MODULES,
  readModule,
  readText,
  type Body,
  textOf
} from '../../../scripts/terraform-modules.ts'
import { usedTypes } from '../../../scripts/terraform-schema.ts'
import { describeWhereBrought, onPath } from '../../helpers/needs.ts'
import { shell } from '../tools.ts'
import { unused, violations } from './conformance.ts'
import { SCHEMA } from './module.ts'
import { startProvider, type Provider } from './provider.ts'

const declared = async (
  module: string,
  kind: 'variable' | 'output'
): Promise<readonly (readonly [string, Body])[]> =>
  Object.entries((await readModule(module))[kind] ?? {}).map(
    ([name, bodies]) => [name, bodies[0] ?? {}] as const
  )

test("the committed schema is the provider's of what the modules use", async () => {
  const { resource, data } = await usedTypes()
  expect(Object.keys(SCHEMA.resources)).toEqual(resource)
  expect(Object.keys(SCHEMA.data)).toEqual(data)
  expect(SCHEMA.provider.source).toBe('registry.terraform.io/hashicorp/aws')
})

test('a wrong argument, block, count or ignored change is found, and so is what is not used', async () => {
  const module = await readText(`
    variable "unread" {}
    locals { nothing = 1 }
    resource "aws_dynamodb_table" "wrong" {
      nam = "x"
      arn = "y"
      stream { enabled = true }
      ttl { enabld = true }
      ttl { enabled = true }
      lifecycle { ignore_changes = [replicas] }
    }
    data "aws_region" "unread" {}
  `)
  expect(violations(module)).toEqual([
    'resource aws_dynamodb_table.wrong: arn, which only the provider sets',
    'resource aws_dynamodb_table.wrong: nam, which the provider does not know',
    'resource aws_dynamodb_table.wrong: stream, which the provider does not know',
    'resource aws_dynamodb_table.wrong: ttl stands 2 times',
    'resource aws_dynamodb_table.wrong.ttl: enabld, which the provider does not know',
    'resource aws_dynamodb_table.wrong: name is required',
    'resource aws_dynamodb_table.wrong: ignore_changes has replicas, which the provider does not know'
  ])
  expect(unused(module)).toEqual(['var.unread', 'local.nothing', 'data.aws_region.unread'])
})

describe.each(MODULES)('infra/terraform/%s', (module) => {
  test('sets only what the provider takes, and all that it needs', async () => {
    expect(violations(await readModule(module))).toEqual([])
  })

  test('takes the provider from the version on whose schema it is checked', async () => {
    const { terraform = [] } = await readModule(module)
    const [major, minor] = SCHEMA.provider.version.split('.')
    expect(terraform).toEqual([
      {
        required_version: '>= 1.9',
        required_providers: [{ aws: { source: 'hashicorp/aws', version: `~> ${major}.${minor}` } }]
      }
    ])
  })

  test('every variable has a description and a type, is checked unless it is free, and is never null', async () => {
    for (const [name, body] of await declared(module, 'variable')) {
      expect([name, textOf(body['description'])]).toEqual([name, expect.stringMatching(/\S.*\.$/)])
      expect([name, body['type']]).toEqual([name, expect.stringMatching(/\S/)])
      expect([name, body['nullable']]).toEqual([name, false])
      // Switches have but two values, tags are free.
      if (body['type'] === '${bool}' || name === 'tags') continue
      expect([name, body['validation']]).toEqual([
        name,
        expect.arrayContaining([
          expect.objectContaining({
            error_message: expect.stringMatching(new RegExp(`${name}.* must .*\\.$`))
          })
        ])
      ])
    }
  })

  test('every output has a description', async () => {
    const outputs = await declared(module, 'output')
    expect(outputs.length).toBeGreaterThan(0)
    for (const [name, { description }] of outputs)
      expect([name, description]).toEqual([name, expect.stringMatching(/\S.*\.$/)])
  })

  test('declares nothing that it does not use', async () => {
    expect(unused(await readModule(module))).toEqual([])
  })

  test('its README names every variable and output', async () => {
    const readme = readFileSync(`infra/terraform/${module}/README.md`, 'utf8')
    const names = [...(await declared(module, 'variable')), ...(await declared(module, 'output'))]
    expect(names.filter(([name]) => !readme.includes(`| \`${name}\` |`))).toEqual([])
  })

  test('the example of its README gives what is needed, and nothing else', async () => {
    const readme = readFileSync(`infra/terraform/${module}/README.md`, 'utf8')
    const [, example = ''] = /```hcl\n(.*?)```/s.exec(readme) ?? []
    const { module: used = {} } = await readText(example)
    const [given = {}] = Object.values(used)[0] ?? []
    const variables = await declared(module, 'variable')
    const names = variables.map(([name]) => name)
    const needed = variables.filter(([, body]) => body['default'] === undefined)
    expect(names).toEqual(
      expect.arrayContaining(
        Object.keys(given).filter((name) => !['source', 'depends_on'].includes(name))
      )
    )
    expect(Object.keys(given)).toEqual(expect.arrayContaining(needed.map(([name]) => name)))
    expect(given['source']).toBe(
      `github.com/org/ecs-gated-deploy//infra/terraform/${module}?ref=v1`
    )
    // What it takes from other modules of these, they have to hand out.
    for (const [, other = '', output = ''] of example.matchAll(/module\.(\w+)\.(\w+)/g)) {
      const from =
        MODULES.find((each) => other === each || other.startsWith(`${each}_`)) ?? 'domain'
      expect([from, (await declared(from, 'output')).map(([name]) => name)]).toEqual([
        from,
        expect.arrayContaining([output])
      ])
    }
  })

  test('no file is too long to be read', () => {
    const lines = filesOf(module).map(
      (file) => [file, readFileSync(file, 'utf8').split('\n').length] as const
    )
    expect(lines.filter(([, count]) => count > 300)).toEqual([])
  })
})

describeWhereBrought(
  onPath('terraform') === undefined ? 'no terraform on the PATH' : undefined,
  'terraform',
  () => {
    let provider: Provider
    let folder: string
    beforeAll(async () => {
      provider = await startProvider()
      folder = await mkdtemp(join(tmpdir(), 'terraform-'))
      // No registry is asked for providers, and nobody whether there is a newer Terraform.
      const settings =
        'disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "none"\n  }\n}\n'
      await writeFile(join(folder, 'settings.tfrc'), settings)
      await cp('infra/terraform', join(folder, 'modules'), { recursive: true })
    })
    afterAll(async () => {
      await provider.close()
      await rm(folder, { recursive: true, force: true })
    })

    const terraform = (module: string, command: string): Promise<string> =>
      shell(`terraform ${command} -no-color`, {
        folder: join(folder, 'modules', module),
        environment: { ...provider.environment, TF_CLI_CONFIG_FILE: join(folder, 'settings.tfrc') }
      })

    test('fmt has nothing to change', async () => {
      // It prints the names of files that it would change.
      await expect(terraform('.', 'fmt -check -recursive')).resolves.toBe('')
    })

    test.each(MODULES)("validate finds nothing in %s, by the provider's schema", async (module) => {
      await terraform(module, 'init -backend=false')
      await expect(terraform(module, 'validate')).resolves.toMatch(/The configuration is valid\.$/m)
    })

    test('validate finds a wrong name and a wrong type', async () => {
      const wrong =
        'resource "aws_kms_key" "x" {\n  descripton = "x"\n  enable_key_rotation = [1]\n}\n'
      await mkdir(join(folder, 'modules/wrong'))
      await cp('infra/terraform/gate/versions.tf', join(folder, 'modules/wrong/versions.tf'))
      await writeFile(join(folder, 'modules/wrong/main.tf'), wrong)
      await terraform('wrong', 'init -backend=false')
      await expect(terraform('wrong', 'validate')).rejects.toThrow(
        /An argument named "descripton" is not expected here.*attribute "enable_key_rotation": bool required/s
      )
    })
  }
)
