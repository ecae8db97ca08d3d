import { describe, expect, test } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { INPUTS } from '../../src/action/inputs/table.ts'
import { resolveTemplate } from '../infra/template.ts'

const page = readFileSync('docs/gate-setup.md', 'utf8')
const template = resolveTemplate({})

function block(name: string): string {
  const [, text = ''] =
    new RegExp(`<!-- start ${name} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(page) ?? []
  expect(text).not.toBe('')
  return text
}

describe('docs/gate-setup.md', () => {
  test('the manifest asks for what the gate calls, and for nothing else', () => {
    const manifest = parse(block('manifest')) as {
      oauth_config: { scopes: { bot: string[] } }
      settings: { interactivity: { is_enabled: boolean; request_url: string } }
    }
    expect(manifest.oauth_config.scopes.bot.sort()).toEqual([
      'chat:write',
      'usergroups:read',
      'users:read'
    ])
    expect(manifest.settings.interactivity).toMatchObject({
      is_enabled: true,
      request_url: expect.stringMatching(/\/slack\/interactions$/)
    })
  })

  test('the command names parameters that the template has, all of those without a default among them', () => {
    const named = [...block('deploy').matchAll(/^ {4}(\w+)=/gm)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in template.Parameters))).toEqual([])
    const needed = Object.entries(template.Parameters).filter(
      ([, { Default }]) => Default === undefined
    )
    expect(needed.map(([name]) => name).filter((name) => !named.includes(name))).toEqual([])
  })

  test('every parameter, output and alarm is spoken of', () => {
    const alarms = Object.entries(template.Resources).filter(
      ([, { Type }]) => Type === 'AWS::CloudWatch::Alarm'
    )
    const outputs = ['InteractivityUrl', 'CiPolicyArn', 'CiPassRolesPolicyArn']
    const names = [...Object.keys(template.Parameters), ...outputs, ...alarms.map(([name]) => name)]
    expect(
      names.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`${name}=`))
    ).toEqual([])
    expect(outputs.filter((name) => !(name in template.Outputs))).toEqual([])
  })

  test('the workflow uses inputs that there are', () => {
    const [, steps = ''] = /```yaml\n(permissions:[^]*?)```/.exec(page) ?? []
    const { steps: [step] } = parse(steps) as { steps: { with: object }[] }
    const known = Object.values(INPUTS).map(({ name }) => name)
    expect(Object.keys(step?.with ?? {}).filter((name) => !known.includes(name as never))).toEqual(
      []
    )
  })

  test('links lead to files that there are', () => {
    const links = [...page.matchAll(/\]\(([\w.-]+\.md)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !existsSync(`docs/${link}`))).toEqual([])
  })
})
