import { afterAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VirtualRelease } from '../../../../runner/virtual-release.ts'
import { run, start, verdictOf } from '../../../flow/stage.ts'

const HOUR = 3_600_000
const RUNNING_IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders:1'
const NOTHING = { image: '', 'container-name': '', 'task-definition': '' }

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

async function workspaceWith(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'workspace-'))
  folders.push(folder)
  await writeFile(join(folder, name), text)
  return folder
}

const appSpec = (properties: string, container = 'app'): string =>
  `{version: 0.0, Resources: [{TargetService: {Type: "AWS::ECS::Service", Properties: {
    TaskDefinition: {{TASK_DEFINITION}}, ${properties}
    LoadBalancerInfo: {ContainerName: ${container}, ContainerPort: 8080}}}}],
    Hooks: [{AfterInstall: "CodeDeployHook_gate"}]}`

async function released(release: VirtualRelease): Promise<void> {
  await release.advance(HOUR, release.ended)
  expect((await release.ended).ending.outcome).toBe('released')
}

describe('a release that changes nothing is refused', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['an empty task-definition', NOTHING, /`task-definition` is empty.*masked the output/],
    ['the image that runs', { image: RUNNING_IMAGE }, /says the same.*name it by its digest/],
    ['the revision that runs', { ...NOTHING, 'task-definition': 'orders:1' }, /says the same/],
    [
      'a rollback to what runs',
      { ...NOTHING, 'rollback-to': '1' },
      /`rollback-to` names says the same/
    ]
  ])('%s', async (_, inputs, cause) => {
    const release = await run({ inputs })
    expect(release.ending.outcome).toBe('refused')
    expect(verdictOf(release, 'change')).toMatch(
      /^NG: nothing to release: orders runs orders:1 already;/
    )
    expect(verdictOf(release, 'change')).toMatch(cause)
    expect(verdictOf(release, 'change')).toContain('`force-new-deployment: true`')
    expect(release.emulator.calls.writes()).toEqual([])
  })

  it('the file that says what runs', async () => {
    const first = await run({ inputs: { 'wait-for': 'started' } })
    const workspace = await workspaceWith('task.json', JSON.stringify(first.draft.rendered))
    const release = await run({
      workspace,
      inputs: { ...NOTHING, 'task-definition': 'task.json' }
    })
    expect(verdictOf(release, 'change')).toMatch(/^OK: the task definition is not that of orders:1/)
    const again = release.again()
    await release.advance(HOUR, again.ended)
    expect(verdictOf(again, 'change')).toMatch(
      /^NG: .*orders runs orders:2 already, released by d-/
    )
    expect(verdictOf(again, 'change')).toContain('an earlier attempt has released it')
  })

  it('also by an AppSpec that says what serves; not by one that says more', async () => {
    const same = await run({
      workspace: await workspaceWith('appspec.yaml', appSpec('')),
      inputs: NOTHING
    })
    expect(verdictOf(same, 'change')).toMatch(/^NG: nothing to release/)
    const more = await run({
      workspace: await workspaceWith('appspec.yaml', appSpec('PlatformVersion: "1.3.0",')),
      inputs: NOTHING
    })
    expect(verdictOf(more, 'change')).toMatch(/^OK: none to orders:1.*changes PlatformVersion$/)
    expect(more.ending.outcome).toBe('released')
  })
})

describe('force-new-deployment', () => {
  it('releases the running revision again, without registering another', async () => {
    const release = await run({ inputs: { ...NOTHING, 'force-new-deployment': 'true' } })
    expect(release.ending.outcome).toBe('released')
    expect(verdictOf(release, 'change')).toMatch(
      /^OK: none: `force-new-deployment` asks for orders:1/
    )
    expect(release.operations).not.toContain('ecs:RegisterTaskDefinition')
    expect(release.draft.taskDefinition).toMatchObject({ reused: true, changes: [] })
  })
})

describe('while a deployment is under way', () => {
  /** Version 2 serves already, and blue is still kept: a deployment that a re-run would find. */
  async function shifted(): Promise<VirtualRelease> {
    const release = await start({
      gateAnswers: 'Succeeded',
      terminationWaitMinutes: 30,
      inputs: { 'wait-for': 'traffic-shifted' }
    })
    await released(release)
    return release
  }

  it('a re-run attaches to its own', async () => {
    const release = await shifted()
    const again = release.again({ 'wait-for': 'completed', 'on-active-deployment': 'attach' })
    await release.advance(HOUR, again.ended)
    expect((await again.ended).ending.outcome).toBe('released')
    expect(verdictOf(again, 'change')).toMatch(/^SKIP: none to orders:2.*looked at again once d-/)
    expect(release.emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('one that waits for it finds that it has been released', async () => {
    const release = await shifted()
    const again = release.again({ 'on-active-deployment': 'wait' })
    await release.advance(2 * HOUR, again.ended)
    expect((await again.ended).ending.outcome).toBe('refused')
    expect(verdictOf(again, 'change')).toMatch(/^NG: .*orders:2 already, released by d-/)
    expect(release.emulator.world.codedeploy.deployments.size).toBe(1)
  })

  it('an empty one stops nobody', async () => {
    const release = await start({})
    await release.advance(60_000)
    const [id] = release.emulator.world.codedeploy.deployments.keys()
    expect(id).toBeDefined()
    const again = release.again({ ...NOTHING, 'on-active-deployment': 'stop' })
    await release.advance(HOUR, again.ended)
    expect((await again.ended).ending.outcome).toBe('refused')
    expect(release.emulator.calls.list('codedeploy:StopDeployment')).toEqual([])
  })
})

it('a rollback to what serves ends the deployment that is in its way, and that is all', async () => {
  const release = await start({})
  await release.advance(60_000)
  const back = release.again({ ...NOTHING, 'rollback-to': '1', 'on-active-deployment': 'stop' })
  await release.advance(HOUR, back.ended)
  expect((await back.ended).ending.outcome).toBe('refused')
  expect(verdictOf(back, 'change')).toMatch(/^NG: nothing to release: orders runs orders:1 already/)
  expect(release.emulator.calls.list('codedeploy:StopDeployment')).toHaveLength(1)
  expect(release.emulator.calls.list('codedeploy:CreateDeployment')).toHaveLength(1)
})

describe("a workspace's appspec.yaml", () => {
  it('is released with its hooks, and pre-flight says so', async () => {
    const workspace = await workspaceWith('appspec.yaml', appSpec(''))
    await writeFile(join(workspace, 'appspec.yml'), 'os: linux')
    const release = await run({ workspace })
    expect(release.ending.outcome).toBe('released')
    const said = release.draft.preflight.filter(({ name }) => name === 'AppSpec')
    expect(said.map(({ verdict, reason }) => `${verdict}: ${reason}`)).toEqual([
      expect.stringMatching(/^OK: read from appspec\.yaml \(.*`codedeploy-appspec` is not set\)$/),
      expect.stringMatching(/^WARN: appspec\.yml of the workspace is not read/)
    ])
    expect(verdictOf(release, 'hooks')).toContain('AfterInstall -> CodeDeployHook_gate')
    expect(release.draft.appSpec).toContain('"AfterInstall": "CodeDeployHook_gate"')
    expect(release.draft.appSpec).toMatch(/"TaskDefinition": "arn:[^"]*:task-definition\/orders:2"/)
  })

  it('of another container is refused, with the way to do without', async () => {
    const workspace = await workspaceWith('appspec.yaml', appSpec('', 'web'))
    const release = await run({ workspace })
    expect(verdictOf(release, 'container and port')).toMatch(
      /^NG: the AppSpec's container "web" .*appspec\.yaml.*`codedeploy-appspec: generate`$/
    )
    expect(release.emulator.calls.writes()).toEqual([])
    const without = release.again({ 'codedeploy-appspec': 'generate', 'wait-for': 'started' })
    await release.advance(HOUR, without.ended)
    expect((await without.ended).ending.outcome).toBe('started')
    expect(verdictOf(without, 'AppSpec')).toMatch(/^OK: generated from what serves now/)
  })
})

it('a variable without a value is released as an empty one, and that is said', async () => {
  const first = await run({ inputs: { 'wait-for': 'started' } })
  const rendered = first.draft.rendered as { containerDefinitions: object[] }
  const containerDefinitions = rendered.containerDefinitions.map((container) => ({
    ...container,
    environment: [{ name: 'FEATURES' }]
  }))
  const workspace = await workspaceWith(
    'task.json',
    JSON.stringify({ ...rendered, containerDefinitions })
  )
  const release = await run({ workspace, inputs: { ...NOTHING, 'task-definition': 'task.json' } })
  expect(release.ending.outcome).toBe('released')
  expect(verdictOf(release, 'empty values')).toMatch(/^WARN: .*container "\w+": FEATURES$/)
  const [registered] = release.emulator.calls.list('ecs:RegisterTaskDefinition')
  expect(JSON.stringify(registered?.input)).toContain('{"name":"FEATURES","value":""}')
})

describe('what AWS would refuse of a copied task definition is not sent:', () => {
  const ofAws = { key: 'aws:cloudformation:stack-name', value: 'shop' }

  it('tags that only AWS can set, copied from what runs', async () => {
    const release = await run({
      prepare: ({ world }) => {
        for (const { tags } of world.ecs.families.get('orders') ?? [])
          tags.push(ofAws, { key: 'team', value: 'shop' })
      }
    })
    expect(release.ending.outcome).toBe('released')
    const [registered] = release.emulator.calls.list('ecs:RegisterTaskDefinition')
    expect(registered?.input?.['tags']).toEqual([{ key: 'team', value: 'shop' }])
    expect(release.text).not.toContain('aws:cloudformation')
  })

  it('an export of the console, with empties that are named', async () => {
    const first = await run({ inputs: { 'wait-for': 'started' } })
    const rendered = first.draft.rendered as { containerDefinitions: object[] }
    const task = {
      ...rendered,
      taskRoleArn: '',
      tags: [],
      containerDefinitions: rendered.containerDefinitions.map((container) => ({
        ...container,
        repositoryCredentials: { credentialsParameter: '' }
      }))
    }
    const workspace = await workspaceWith('task.json', JSON.stringify(task))
    const release = await run({ workspace, inputs: { ...NOTHING, 'task-definition': 'task.json' } })
    expect(release.ending.outcome).toBe('released')
    expect(verdictOf(release, 'empty values')).toMatch(
      /^WARN: an empty text .*left out: .*containerDefinitions\[app\]\.repositoryCredentials\.credentialsParameter, taskRoleArn$/
    )
  })
})
