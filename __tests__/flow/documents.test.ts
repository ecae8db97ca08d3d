import { afterAll, describe, expect, it } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFiles } from '../../src/action/workspace.ts'
import { parseInputs, variableOf } from '../../src/action/inputs/parse.ts'
import type { Documents } from '../../src/controllers/control-plane.ts'
import { readAppSpecFile, type AppSpecFile } from '../../src/controllers/codedeploy/appspec/file.ts'
import { documentProblems } from '../../src/controllers/codedeploy/release/plan.ts'
import { readDocuments } from '../../src/flow/documents.ts'
import { Refused } from '../../src/release/refusal.ts'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

type Texts = Readonly<Record<string, string>>
type Contents = Readonly<Record<string, string | Buffer>>

async function read(files: Contents, inputs: Texts = {}): Promise<Documents & AppSpecFile> {
  const workspace = await mkdtemp(join(tmpdir(), 'documents-'))
  folders.push(workspace)
  await mkdir(join(workspace, 'folder'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(workspace, name), text)
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries({ service: 'shop', ...inputs }))
    env[variableOf(name)] = value
  const { settings } = parseInputs(env)
  let own: AppSpecFile | undefined
  const documents = await readDocuments(settings, openFiles({ GITHUB_WORKSPACE: workspace }), {
    readFiles: async (opened) => (own = await readAppSpecFile(settings.appSpec, opened)),
    check: ({ taskDefinition }) =>
      documentProblems(settings, { taskDefinition, own, verification: undefined })
  })
  if (!own) throw new Error('the AppSpec was not asked for')
  return { ...documents, ...own }
}

async function problems(files: Contents, inputs: Texts = {}): Promise<readonly string[]> {
  try {
    await read(files, inputs)
  } catch (error) {
    if (error instanceof Refused) return error.problems
    throw error
  }
  return []
}

function appSpec(taskDefinition: string, container = 'app'): string {
  return `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${taskDefinition}
        LoadBalancerInfo:
          ContainerName: ${container}
          ContainerPort: 80
Hooks:
  - AfterInstall: smoke
`
}
const HOOKED = { containerName: 'app', hooks: [{ event: 'AfterInstall', function: 'smoke' }] }
const SERVERS = 'version: 0.0\nos: linux\nfiles:\n  - {source: /, destination: /srv}\n'

describe("the workspace's appspec.yaml", () => {
  it('is read where no other is named, as the official action does', async () => {
    const documents = await read({ 'appspec.yaml': appSpec('<TASK_DEFINITION>') })
    expect(documents.appSpec).toMatchObject(HOOKED)
    expect(documents.origin).toMatchObject({ path: 'appspec.yaml', unread: [] })
  })

  it.each([
    ['`generate` asks for none', { 'codedeploy-appspec': 'generate' }],
    ['a rollback goes back behind it', { 'rollback-to': 'previous' }]
  ])('is not read where %s, whatever it holds', async (_, inputs) => {
    const { appSpec, origin } = await read({ 'appspec.yaml': SERVERS }, inputs)
    expect(appSpec).toBeUndefined()
    expect(origin).toMatchObject({ path: undefined, unread: [] })
  })

  it('gives way to the one that is named', async () => {
    const files = { 'appspec.yaml': SERVERS, 'other.yaml': appSpec('x', 'other') }
    const named = await read(files, { 'codedeploy-appspec': 'other.yaml' })
    expect(named.appSpec).toMatchObject({ containerName: 'other' })
    const back = await read(files, { 'codedeploy-appspec': 'other.yaml', 'rollback-to': '3' })
    expect(back.appSpec).toMatchObject({ containerName: 'other' })
  })

  it('is not what a folder is', async () => {
    expect((await read({}, { 'task-definition': 'folder' })).appSpec).toBeUndefined()
  })

  it.each(['appspec.yml', 'appspec.json'])('is not %s, which is told', async (name) => {
    for (const others of [{}, { 'appspec.yaml': appSpec('x') }]) {
      const { origin } = await read({ [name]: SERVERS, ...others })
      expect(origin.unread).toEqual([name])
    }
    const named = { 'codedeploy-appspec': 'generate' }
    expect((await read({ [name]: SERVERS }, named)).origin.unread).toEqual([])
  })

  it.each([
    ['that is for servers', SERVERS, /^`codedeploy-appspec`: appspec\.yaml: found os and files/],
    [
      'that is for a function',
      appSpec('x').replace('AWS::ECS::Service', 'AWS::Lambda::Function'),
      /wanted AWS::ECS::Service/
    ],
    ['that is no YAML', 'Resources: [', /appspec\.yaml:1:\d+/],
    ['that is empty', '', /appspec\.yaml:1:1: the file is empty/]
  ])('%s is refused, with the way to do without', async (_, text, message) => {
    const found = await problems({ 'appspec.yaml': text })
    expect(found[0]).toMatch(message)
    expect(found.at(-1)).toMatch(
      /is not set, so appspec\.yaml .* or set `codedeploy-appspec: generate`$/
    )
    const named = await problems({ 'a.yaml': text }, { 'codedeploy-appspec': 'a.yaml' })
    expect(named.join()).not.toContain('is not set')
  })
})

describe('a TaskDefinition in the AppSpec', () => {
  it.each([
    '<TASK_DEFINITION>',
    '{{TASK_DEFINITION}}',
    '{{ .Values.taskDefinition }}',
    '${TASK_DEFINITION}',
    '@TASK_DEFINITION@',
    '[a, {b: c}]',
    '7',
    'true',
    '""',
    'null',
    '!Ref TaskDefinition',
    '\n          - !Sub x\n          - ? {a: 1}\n            : 2',
    'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7'
  ])('%s is overwritten, so it may be anything', async (written) => {
    const files = { 'appspec.yaml': appSpec(written) }
    expect((await read(files)).appSpec).toMatchObject(HOOKED)
  })

  it.each(['7', '["a"]', '{"a": 1}', '"{{TASK_DEFINITION}}"'])(
    '%s as JSON too',
    async (written) => {
      const text = `{"version": 0.0, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service",
      "Properties": {"TaskDefinition": ${written},
        "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 80}}}}]}`
      const inputs = { 'codedeploy-appspec': 'a.json' }
      expect((await read({ 'a.json': text }, inputs)).appSpec).toMatchObject({
        containerName: 'app'
      })
    }
  )

  it('says nothing of a placeholder anywhere else', async () => {
    const [found] = await problems({ 'appspec.yaml': appSpec('x', '{{CONTAINER}}') })
    expect(found).toMatch(
      /appspec\.yaml:8:\d+: "\{\{" begins a mapping in YAML; put quotes around the placeholder/
    )
    const [tagged] = await problems({ 'appspec.yaml': appSpec('x', '!Ref Container') })
    expect(tagged).toMatch(/appspec\.yaml:8:\d+: the tag !Ref has no meaning here/)
  })
})

describe('a bare task-definition', () => {
  it.each([
    ['web', '`task-definition-family: web`'],
    ['web:7', '`task-definition-family: web` and `task-definition-revision: 7`']
  ])('%s that is a file too is refused, with both spellings', async (name, family) => {
    expect(await problems({ [name]: '{}' }, { 'task-definition': name })).toEqual([
      `\`task-definition\`: "${name}" is a file in the workspace, and could be a family of task ` +
        `definitions as well; write \`task-definition: ./${name}\` for the file, or ${family} for the family`
    ])
  })

  it.each<[string, Texts]>([
    ['by its path', { 'task-definition': './web' }],
    ['as a family', { 'task-definition-family': 'web' }],
    ['as a revision to go back to', { 'rollback-to': 'web:7' }]
  ])('means one thing %s', async (_, inputs) => {
    const web = { family: 'web', containerDefinitions: [{ name: 'app', image: 'app:1' }] }
    const files = { web: JSON.stringify(web), 'web:7': '{}' }
    const { taskDefinition } = await read(files, inputs)
    expect(taskDefinition).toEqual('task-definition' in inputs ? web : undefined)
  })

  it.each(['folder', `${'w'.repeat(255)}:7`])('%s that is no file is a family', async (name) => {
    expect(await problems({}, { 'task-definition': name })).toEqual([])
  })
})

describe('files in another encoding are refused, each with its line,', () => {
  const old = Buffer.from('{\n  "family": "Zürich"\n}', 'latin1')

  it('all in one round, named as the inputs name them', async () => {
    const found = await problems(
      { 'task.json': old, 'appspec.yaml': old, 'verify.yml': old },
      { 'task-definition': './task.json', verification: 'verify.yml' }
    )
    expect(found).toEqual([
      expect.stringMatching(/^`task-definition`: \.\/task\.json:2:15: the file is not in UTF-8/),
      expect.stringMatching(/^`codedeploy-appspec`: appspec\.yaml:2:15: the file is not in UTF-8/),
      expect.stringMatching(/^`codedeploy-appspec` is not set, .*generate`$/),
      expect.stringMatching(/^`verification`: verify\.yml:2:15: the file is not in UTF-8/)
    ])
  })

  it('UTF-16 by its name', async () => {
    const wide = Buffer.from('\uFEFF{}', 'utf16le')
    const found = await problems({ 'task.json': wide }, { 'task-definition': 'task.json' })
    expect(found).toEqual([
      '`task-definition`: task.json:1:1: the file is in UTF-16; save it as UTF-8'
    ])
  })
})

describe('problems of task definition and AppSpec come in one round:', () => {
  const task = (containers: object[], more: object = {}): string =>
    JSON.stringify({ family: 'shop', ...more, containerDefinitions: containers })
  const app = { name: 'app', image: 'app:1', portMappings: [{ containerPort: 80 }] }
  const inputs = { 'task-definition': 'task.json' }

  it('what is wrong with the one, and what is wrong with the other', async () => {
    const found = await problems(
      {
        'task.json': task([{ name: 'app', image: '<IMAGE1_NAME>' }, { name: 'log' }], {
          launchType: 'FARGATE',
          $schema: 'x'
        }),
        'appspec.yaml': SERVERS
      },
      inputs
    )
    expect(found).toEqual([
      expect.stringMatching(/^`codedeploy-appspec`: appspec\.yaml: found os and files/),
      expect.stringMatching(/^`codedeploy-appspec` is not set/),
      expect.stringMatching(/^`task-definition`: container "app" has the image "<IMAGE1_NAME>"/),
      '`task-definition`: container "log" has no image',
      expect.stringMatching(/^`task-definition`: launchType: it belongs to the service/),
      expect.stringMatching(/^`task-definition`: \$schema: it is for people and editors/)
    ])
  })

  it('hooks that the inputs name again', async () => {
    const found = await problems(
      { 'task.json': task([{ name: 'app' }]), 'appspec.yaml': appSpec('x') },
      { ...inputs, hooks: 'AfterInstall=other' }
    )
    expect(found).toEqual([
      '`task-definition`: container "app" has no image',
      expect.stringMatching(/^`codedeploy-appspec`: hook AfterInstall: two functions are named/)
    ])
  })

  it.each([
    [[{ ...app, name: 'web' }], /container "app" does not exist .*exist: web; it is read from app/],
    [[{ ...app, portMappings: [] }], /does not map the AppSpec's port 80; .*appspec\.yaml/]
  ])('a container or a port that the other does not have', async (containers, message) => {
    const found = await problems(
      { 'task.json': task(containers), 'appspec.yaml': appSpec('x') },
      inputs
    )
    expect(found).toEqual([expect.stringMatching(message)])
  })

  it('none, where both are right', async () => {
    const files = { 'task.json': task([app]), 'appspec.yaml': appSpec('x') }
    expect((await read(files, inputs)).taskDefinition).toMatchObject({ family: 'shop' })
  })

  it('an answer of DescribeTaskDefinition says only that', async () => {
    const found = await problems({ 'task.json': '{"taskDefinition": {}, "tags": []}' }, inputs)
    expect(found).toEqual([expect.stringMatching(/^`task-definition`: this is the answer of Desc/)])
  })
})
