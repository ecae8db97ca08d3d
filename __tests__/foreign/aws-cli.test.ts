import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { afterEach, expect, it } from '@jest/globals'
import { openLab } from '../emulator/lab.ts'
import type { Lab, LabOptions } from '../emulator/lab.ts'
import { describeUnless } from '../helpers/needs.ts'
import { hasAwsCli, openAwsCli } from './clients/aws-cli.ts'
import type { AwsCli, Ended } from './clients/aws-cli.ts'
import { writeFiles } from './files.ts'

const missing = hasAwsCli() ? undefined : 'no `python3` with awscli >= 1.29 on the PATH'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** An account, and the CLI, which sleeps in the account's time. */
async function open(options: LabOptions): Promise<{ lab: Lab; cli: AwsCli }> {
  const lab = await openLab(options)
  closers.push(() => lab.close())
  const cli = openAwsCli(lab.emulator.environment)
  closers.push(() => cli.close())
  return { lab, cli }
}

/** `aws ecs deploy` of this version, with the names that it makes out of cluster and service. */
async function deploy(lab: Lab, cli: AwsCli, version: string): Promise<Ended> {
  const files = writeFiles(lab, version)
  closers.push(() => files.remove())
  const { cluster, service } = lab.demo
  return cli.run(
    ...['ecs', 'deploy', '--cluster', cluster, '--service', service],
    ...['--task-definition', files.taskDefinition, '--codedeploy-appspec', files.appSpec]
  )
}

async function running(lab: Lab): Promise<string | undefined> {
  const { cluster, service } = lab.demo
  const command = new DescribeServicesCommand({ cluster, services: [service] })
  return (await lab.ecs.send(command)).services?.[0]?.taskDefinition
}

describeUnless(missing, 'the AWS CLI', () => {
  it('deploys with `ecs deploy`, and waits until the deployment has succeeded', async () => {
    const { lab, cli } = await open({ gateAnswers: 'Succeeded' })
    const { code, stdout, stderr } = await deploy(lab, cli, '2')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const arn = lab.demo.taskDefinitionArn.replace(/:1$/, ':2')
    expect(stdout).toContain(`Successfully registered new ECS task definition ${arn}`)
    expect(stdout).toContain(`Successfully deployed ${arn} to service 'orders'`)
    expect(await running(lab)).toBe(arn)
  })

  it('fails with `ecs deploy` where the gate says no', async () => {
    const { lab, cli } = await open({ gateAnswers: 'Failed' })
    const { code, stdout, stderr } = await deploy(lab, cli, '2')
    expect(code).not.toBe(0)
    expect(stdout).toContain('Successfully created deployment d-')
    expect(stderr).toContain('Waiter DeploymentSuccessful failed')
    expect(await running(lab)).toBe(lab.demo.taskDefinitionArn)
  })

  it('waits with `deploy wait deployment-successful` for a deployment of others', async () => {
    const { lab, cli } = await open({ gateAnswers: 'Succeeded' })
    const id = await lab.release()
    const before = lab.clock.now()
    const wait = ['deploy', 'wait', 'deployment-successful', '--deployment-id']
    expect(await cli.run(...wait, id)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect((await lab.deployment(id)).status).toBe('Succeeded')
    expect(lab.clock.now()).toBeGreaterThan(before)

    const stopped = await lab.release({ version: '3', hooks: {} })
    await lab.stop(stopped)
    const ended = await cli.run(...wait, stopped)
    expect(ended.code).toBe(255)
    expect(ended.stderr).toContain('Waiter encountered a terminal failure state')
  })

  it('reads in every protocol that a service is not emulated', async () => {
    const { cli } = await open({})
    const commands = {
      'firehose list-delivery-streams': 'NotImplementedException',
      'sns list-topics': 'NotImplemented',
      'ec2 describe-vpcs': 'NotImplemented',
      's3api list-objects-v2 --bucket shop': 'NotImplemented',
      'route53 list-hosted-zones': 'NotImplemented',
      'eks list-clusters': 'NotImplementedException'
    }
    for (const [command, code] of Object.entries(commands)) {
      const { stderr } = await cli.run(...command.split(' '))
      expect(stderr).toContain(`An error occurred (${code}) when calling`)
      expect(stderr).toContain('The emulator does not have the service of this request: ')
    }
  })
})
