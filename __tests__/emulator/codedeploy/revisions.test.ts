import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  BatchGetDeploymentsCommand,
  CreateDeploymentCommand,
  GetApplicationRevisionCommand,
  GetDeploymentGroupCommand
} from '@aws-sdk/client-codedeploy'
import type { GetApplicationRevisionOutput, RevisionLocation } from '@aws-sdk/client-codedeploy'
import { openLab, refusal, SECOND } from '../lab.ts'
import type { Lab } from '../lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab({ terminationWaitMinutes: 0 })
})
afterEach(() => lab.close())

const named = (sha256: string): RevisionLocation => ({
  revisionType: 'AppSpecContent',
  appSpecContent: { sha256 }
})

/** A release that has no hook, created, and the text that it was given. */
async function created(): Promise<{ id: string; content: string; sha256: string }> {
  const input = lab.request({ hooks: {} })
  const id = await lab.release({ input })
  const content = input.revision?.appSpecContent?.content ?? ''
  return { id, content, sha256: createHash('sha256').update(content).digest('hex') }
}

const get = (revision: RevisionLocation | undefined): Promise<GetApplicationRevisionOutput> =>
  lab.codedeploy.send(
    new GetApplicationRevisionCommand({ applicationName: lab.demo.application, revision })
  )

describe('the text of an AppSpec', () => {
  it('is in no answer about deployments and groups, which name it by its hash', async () => {
    const { id, sha256 } = await created()
    await lab.untilEnd(id)
    const { deploymentsInfo = [] } = await lab.codedeploy.send(
      new BatchGetDeploymentsCommand({ deploymentIds: [id] })
    )
    const { deploymentGroupInfo } = await lab.codedeploy.send(
      new GetDeploymentGroupCommand({
        applicationName: lab.demo.application,
        deploymentGroupName: lab.demo.deploymentGroup
      })
    )
    const next = await lab.release({ version: '3', hooks: {} })
    const { revision, previousRevision } = await lab.deployment(next)
    const shown = [
      (await lab.deployment(id)).revision,
      deploymentsInfo[0]?.revision,
      deploymentGroupInfo?.targetRevision,
      previousRevision
    ]
    expect(shown).toEqual(shown.map(() => named(sha256)))
    expect(revision).toEqual(named(expect.stringMatching(/^[0-9a-f]{64}$/) as unknown as string))
  })

  it('is read by that hash, as soon as the deployment exists', async () => {
    const { id, content, sha256 } = await created()
    expect(await get(named(sha256))).toMatchObject({
      applicationName: lab.demo.application,
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } },
      revisionInfo: {
        description: `Application revision registered by Deployment ID: ${id}`,
        deploymentGroups: [],
        registerTime: new Date(lab.clock.now())
      }
    })
    await lab.untilEnd(id)
    expect(await get(named(sha256))).toMatchObject({
      revisionInfo: { deploymentGroups: [lab.demo.deploymentGroup] }
    })
  })

  it('stays as it was registered, whoever uses it again', async () => {
    const { id, sha256 } = await created()
    await lab.untilEnd(id)
    const first = await get(named(sha256))
    await lab.clock.advance(10 * SECOND)
    const again = await lab.release({ input: { revision: named(sha256) } })
    const { revisionInfo } = await get(named(sha256))
    expect(revisionInfo).toMatchObject({
      description: first.revisionInfo?.description,
      registerTime: first.revisionInfo?.registerTime,
      firstUsedTime: first.revisionInfo?.firstUsedTime,
      lastUsedTime: (await lab.deployment(again)).createTime
    })
  })

  it.each<[string, RevisionLocation | undefined, string]>([
    ['no revision', undefined, 'RevisionRequiredException'],
    ['a hash that no revision has', named('0'.repeat(64)), 'RevisionDoesNotExistException'],
    [
      'a place in S3, of which this account has none',
      { revisionType: 'S3', s3Location: { bucket: 'specs', key: 'appspec.yaml' } },
      'RevisionDoesNotExistException'
    ],
    [
      'a text without its hash',
      { revisionType: 'AppSpecContent', appSpecContent: { content: '{}' } },
      'InvalidRevisionException'
    ],
    ['a revision of EC2', { revisionType: 'GitHub' }, 'InvalidRevisionException']
  ])('%s: refused', async (_, revision, name) => {
    expect(await refusal(get(revision))).toBe(name)
  })
})

it('a deployment is not created by a hash that no revision has', async () => {
  const input = { ...lab.request(), revision: named('0'.repeat(64)) }
  expect(await refusal(lab.codedeploy.send(new CreateDeploymentCommand(input)))).toBe(
    'RevisionDoesNotExistException'
  )
})
