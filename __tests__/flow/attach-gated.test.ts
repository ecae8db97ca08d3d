import { CodeDeployClient, CreateDeploymentCommand } from '@aws-sdk/client-codedeploy'
import { expect, it } from '@jest/globals'
import { start } from './stage.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

/** Somebody else's deployment of what runs now, under way when a job would attach to it. */
async function attachTo(hook: (gate: string) => string): Promise<string> {
  const release = await start({ inputs: { 'dry-run': 'true' } })
  await release.advance(HOUR, release.ended)
  const { demo, emulator } = release
  const service = emulator.world.ecsControl.findService(demo.cluster, demo.service)
  const revision = service?.taskSets.find(({ status }) => status === 'PRIMARY')?.taskDefinitionArn
  const content = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: ${revision}
        LoadBalancerInfo: { ContainerName: ${demo.container}, ContainerPort: 8080 }
Hooks:
  ${hook(demo.gate.name)}
`
  const client = new CodeDeployClient({})
  const created = client.send(
    new CreateDeploymentCommand({
      applicationName: demo.application,
      deploymentGroupName: demo.deploymentGroup,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content } }
    })
  )
  await release.advance(MINUTE, created)
  await created
  const run = release.again({
    image: '',
    'container-name': '',
    'dry-run': 'false',
    'on-active-deployment': 'attach'
  })
  await release.advance(2 * MINUTE, run.ended)
  for (const request of demo.gate.requests()) demo.gate.decide(request, 'Succeeded')
  await release.advance(HOUR, run.ended)
  const { ending } = await run.ended
  client.destroy()
  return [ending.outcome, ...ending.problems].join(': ')
}

it('a job attaches to a deployment that is gated as AWS reads it', async () => {
  expect(await attachTo((gate) => `- BeforeAllowTraffic: ${gate}`)).toBe('released')
})

it('and to none whose AppSpec AWS may read in another way', async () => {
  const aliased = (gate: string): string =>
    `- BeforeInstall: &gate ${gate}\n  - BeforeAllowTraffic: *gate`
  expect(await attachTo(aliased)).toMatch(/^refused: .*gated/)
})
