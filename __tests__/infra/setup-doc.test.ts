import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readAction } from '../../scripts/action-yml.ts'
import { HOOK_EVENTS } from '../../src/controllers/codedeploy/appspec/model.ts'
import { parseAppSpec } from '../../src/controllers/codedeploy/appspec/parse.ts'
import { isMapping, type Mapping } from '../../src/documents/mapping.ts'
import { parseCommand } from '../../src/gate/cli/arguments.ts'
import { parsePolicy } from '../../src/gate/policy/parse.ts'
import { unzipSync } from 'fflate'
import { parseTemplate, type Template } from '../../emulator/cloudformation/template.ts'
import { ROOT } from '../../runner/environment.ts'
import { assetsOf } from '../../scripts/release/assets.ts'
import { readManifest } from '../../scripts/release/facts.ts'
import { marked, PAGE } from './setup-page.ts'
import { GATE_TEMPLATES } from '../../emulator/worlds/gate-template.ts'
import { IN_A_VPC, ofType, resolveTemplate } from './template.ts'

const templateOf = (name: string): Template =>
  parseTemplate(readFileSync(`infra/${name}.yaml`, 'utf8'))
const template = resolveTemplate(IN_A_VPC)
const commands = [...PAGE.matchAll(/^```sh\n(.*?)^```/gms)]
  .map(([, block = '']) => block.replaceAll('\\\n', ' '))
  .flatMap((block) => block.split('\n'))
  .filter((line) => line !== '' && !line.startsWith('#'))

function mapping(value: unknown): Mapping {
  if (!isMapping(value)) throw new Error('wanted a mapping')
  return value
}

/** A property of the only resource of a type. */
function only(type: string, property: string): unknown {
  const found = ofType(template, type)
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`)
  return found[0]?.[1].Properties[property]
}

const functionNames = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
  String(Properties['FunctionName'])
)
const [hook] = functionNames.filter((name) => name.startsWith('CodeDeployHook_'))
const tableName = String(only('AWS::DynamoDB::Table', 'TableName'))

describe("the Slack app's manifest", () => {
  const manifest = mapping(parse(marked('manifest')))
  const settings = mapping(manifest['settings'])

  test('asks for the scopes that the calls need, and no others', () => {
    const scopes = mapping(mapping(manifest['oauth_config'])['scopes'])
    // Who needs which is in Slack's documentation of each method; views.open and views.push need none.
    const SCOPES: Readonly<Record<string, string | undefined>> = {
      'chat.postMessage': 'chat:write',
      'chat.update': 'chat:write',
      'chat.postEphemeral': 'chat:write',
      'views.open': undefined,
      'views.push': undefined,
      'users.info': 'users:read',
      'usergroups.users.list': 'usergroups:read'
    }
    const client = readFileSync('src/gate/slack/client.ts', 'utf8')
    const calls = [...client.matchAll(/call\('([\w.]+)'/g)].map(([, call = '']) => call)
    expect(calls.filter((call) => !(call in SCOPES))).toEqual([])
    const needed = new Set(calls.flatMap((call) => SCOPES[call] ?? []))
    expect(scopes['bot']).toHaveLength(needed.size)
    expect(scopes).toEqual({ bot: expect.arrayContaining([...needed]) })
  })

  test('sends what people click to the path that the template answers', () => {
    const { is_enabled, request_url } = mapping(settings['interactivity'])
    expect(is_enabled).toBe(true)
    const route = String(only('AWS::ApiGatewayV2::Route', 'RouteKey'))
    expect(`POST ${new URL(String(request_url)).pathname}`).toBe(route)
    expect(String(template.Outputs['InteractivityUrl']?.Value)).toMatch(/\/slack\/interactions$/)
  })

  test('turns off what the gate cannot do: socket mode, rotating tokens', () => {
    expect(settings).toMatchObject({ socket_mode_enabled: false, token_rotation_enabled: false })
  })

  test("keeps Slack's limits", () => {
    const { name, description } = mapping(manifest['display_information'])
    const { display_name } = mapping(mapping(manifest['features'])['bot_user'])
    expect(String(name).length).toBeLessThanOrEqual(35)
    expect(String(description).length).toBeLessThanOrEqual(140)
    expect(String(display_name).length).toBeLessThanOrEqual(80)
  })
})

describe('the commands', () => {
  const deploys = commands.filter((line) => line.startsWith('aws cloudformation deploy'))
  /** The command that puts a template into the account, and the parameters that it gives, or that a command before has noted for it. */
  const deployOf = (name: string): { readonly deploy: string; readonly given: string[][] } => {
    const deploy =
      deploys.find((line) => line.includes(` --template-file infra/${name}.yaml `)) ?? ''
    const [, file = ''] = /--parameter-overrides file:\/\/(\S+)/.exec(deploy) ?? []
    const noted =
      name === 'gate'
        ? [
            'SlackSecretArn=arn:aws:secretsmanager:REGION:ACCOUNT:secret:release-gate/slack-AbCdEf',
            'PolicyParameter=/release-gate/policy'
          ]
        : []
    const code = commands.filter((line) => line.includes(' setup code ') && line.includes(file))
    const set = code.flatMap((line) =>
      [...line.matchAll(/--set (\S+)/g)].map(([, each = '']) => each)
    )
    const [, overrides = ''] = deploy.split('--parameter-overrides')
    const own =
      file === ''
        ? overrides.trim().split(/\s+/)
        : ['CodeBucket=BUCKET', 'CodeKey=gate-1.zip', ...set, ...noted]
    return { deploy, given: own.map((word) => word.replaceAll("'", '').split(/=(.*)/s, 2)) }
  }

  test('put every template into the account, with the rights to name roles', () => {
    const all = [...GATE_TEMPLATES, 'ci']
    expect(deploys).toHaveLength(all.length)
    for (const name of all) {
      expect(deployOf(name).deploy).toContain('--capabilities CAPABILITY_NAMED_IAM')
    }
  })

  describe.each([...GATE_TEMPLATES, 'ci'])('of infra/%s.yaml', (name) => {
    const { Parameters } = templateOf(name)
    const { given } = deployOf(name)

    test('name parameters that exist, with values that fit them', () => {
      expect(given.length).toBeGreaterThan(0)
      for (const [parameterName = '', value = ''] of given) {
        const parameter = Parameters[parameterName]
        expect([parameterName, parameter?.Type]).not.toEqual([parameterName, undefined])
        const real = value
          .replaceAll('REGION', 'eu-west-1')
          .replaceAll('ACCOUNT', '123456789012')
          .replaceAll('BUCKET', 'bucket')
        const pattern = new RegExp(parameter?.AllowedPattern ?? '')
        const values = parameter?.Type === 'CommaDelimitedList' ? real.split(',') : [real]
        for (const each of values) expect(each).toMatch(pattern)
      }
    })

    test('give every parameter that has no default', () => {
      const needed = Object.entries(Parameters)
        .filter(([, parameter]) => !('Default' in parameter))
        .map(([each]) => each)
      expect(given.map(([each]) => each)).toEqual(expect.arrayContaining(needed))
    })
  })

  test('download what holds every handler of the template', () => {
    const files = Object.keys(
      unzipSync(assetsOf(ROOT, join(ROOT, 'dist')).get('gate.zip') ?? Buffer.alloc(0))
    )
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
      const [path = '', handler] = String(Properties['Handler']).split('.')
      expect(files).toContain(`${path}.js`)
      expect(handler).toBe('handler')
      expect(readFileSync(`dist/gate/${path}.js`, 'utf8')).toMatch(/export\s*\{[^}]*\bhandler\b/)
    }
  })

  test("name the release that is this one's", () => {
    const { version, repository } = readManifest(ROOT)
    const [clone = '', download = '', attest = ''] = commands
    expect(clone).toContain(`--branch v${version} https://github.com/${repository} `)
    expect(download).toBe(`gh release download v${version} --repo ${repository} --dir release`)
    expect(attest).toBe(`gh attestation verify release/gate.zip --repo ${repository}`)
  })

  test('of the command gate are ones it knows', () => {
    const ofGate = commands.filter((line) => line.startsWith('node dist/gate/cli/index.js '))
    const read = ofGate.map((line) =>
      parseCommand(
        line
          .replace('HEAD', `12-${'a'.repeat(64)}`)
          .replace(/ < .*$/, '')
          .split(/\s+/)
          .slice(2)
      )
    )
    expect(read.map(({ name }) => name)).toEqual([
      'setup code',
      'setup slack',
      'history',
      'verify',
      'setup code'
    ])
    for (const command of read) {
      if ('table' in command) expect(command.table).toBe(tableName)
    }
  })

  test('store the policy where the functions read it', () => {
    const put = commands.find((line) => line.startsWith('aws ssm put-parameter')) ?? ''
    const [, name] = /--name (\S+)/.exec(put) ?? []
    expect(name).toBe(template.Parameters['PolicyParameter']?.Default)
    expect(deployOf('gate').given).toContainEqual(['PolicyParameter', name])
  })
})

describe('what it shows', () => {
  test('is a policy without a problem', async () => {
    const policy = await parsePolicy(marked('policy'))
    expect(policy.language).toBe('en')
  })

  test('is a step with inputs of the action, the function and the table of the template', () => {
    const { steps } = mapping(parse(marked('step')))
    const [step] = Array.isArray(steps) ? steps.map(mapping) : []
    const inputs = mapping(step?.['with'])
    const known = readAction(readFileSync('action.yml', 'utf8')).inputs.map(({ name }) => name)
    expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([])
    expect(inputs).toMatchObject({ 'gate-function': hook, 'ledger-table': tableName })
  })

  test('is a step that verifies from inside the VPC, with the function of the template', () => {
    const [step] = parse(marked('inside')) as unknown[]
    const inputs = mapping(mapping(step)['with'])
    const known = readAction(readFileSync('action.yml', 'utf8')).inputs.map(({ name }) => name)
    expect(Object.keys(inputs).filter((name) => !known.includes(name))).toEqual([])
    expect(inputs).toMatchObject({ 'gate-function': hook, 'ledger-table': tableName })
    expect(functionNames).toContain(inputs['verify-function'])
    expect(inputs).toHaveProperty('verification')
  })

  test('is a hook that an AppSpec may have', () => {
    const resources = [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: '<TASK_DEFINITION>',
            LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 80 }
          }
        }
      }
    ]
    const { Hooks } = mapping(parse(marked('appspec')))
    const { hooks } = parseAppSpec({ version: 0.0, Resources: resources, Hooks })
    expect(hooks).toEqual([
      expect.objectContaining({ event: 'BeforeAllowTraffic', function: hook })
    ])
  })

  test('has a row for each alarm of the template, and for no other', () => {
    const rows = [...marked('alarms').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(([name]) => name)
    expect(rows.sort()).toEqual(alarms.sort())
  })
})

describe('the names in it', () => {
  test('are parameters, outputs, resources or statements of the templates', () => {
    const known = new Set(
      [...GATE_TEMPLATES, 'ci'].map(templateOf).flatMap((each) => [
        ...Object.keys(each.Parameters),
        ...Object.keys(each.Outputs),
        ...Object.keys(each.Resources),
        // Statements of policies.
        ...[...JSON.stringify(each.Resources).matchAll(/"Sid":"(\w+)"/g)].map(([, sid = '']) => sid)
      ])
    )
    // Names of AWS that look alike.
    for (const name of [...HOOK_EVENTS, 'AWSCodeDeployRoleForECS']) known.add(name)
    known.add('AWSCodeDeployRoleForECSLimited')
    const named = [...PAGE.matchAll(/`([A-Z][a-z]+[A-Z][A-Za-z]*|AWS[A-Z][A-Za-z]+)`/g)].map(
      ([, name]) => name
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !known.has(name ?? ''))).toEqual([])
  })

  test('of functions, rules and log groups are those the template gives', () => {
    const given = new Set(
      Object.values(template.Resources)
        .flatMap(({ Properties }) => [
          Properties['FunctionName'],
          Properties['LogGroupName'],
          Properties['TableName'],
          Properties['Name']
        ])
        .filter((name) => typeof name === 'string')
    )
    // What the reader names: secrets, the parameter, the stacks.
    for (const own of ['release-gate/slack', '/release-gate/policy']) given.add(own)
    for (const stack of ['policies', 'vpc', 'ci-orders', 'code-ACCOUNT-REGION'])
      given.add(`release-gate-${stack}`)
    const written =
      PAGE.match(/(?:\/aws\/\w+\/)?(?:CodeDeployHook_|\/)?\brelease-gate[\w/-]*/g) ?? []
    const secrets = /^release-gate\/(slack|verify)(-AbCdEf)?$/
    expect(written.length).toBeGreaterThan(10)
    expect(written.filter((name) => !given.has(name) && !secrets.test(name))).toEqual([])
  })
})
