import { describe, expect, it } from '@jest/globals'
import type { CodeDeployClient, DeploymentInfo } from '@aws-sdk/client-codedeploy'
import { appSpecText } from '../../../../src/controllers/codedeploy/reader/app-spec-text.ts'

/** A client that has one answer, and keeps what it was asked. */
function client(answer: unknown): { asked: unknown[]; codedeploy: CodeDeployClient } {
  const asked: unknown[] = []
  const send = (command: { input: unknown }): Promise<unknown> => {
    asked.push(command.input)
    return Promise.resolve(answer)
  }
  return { asked, codedeploy: { send } as unknown as CodeDeployClient }
}

const deployed: DeploymentInfo = {
  applicationName: 'orders',
  revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256: 'abc' } }
}

describe('the text of an AppSpec', () => {
  it('is asked for by application and hash', async () => {
    const { asked, codedeploy } = client({
      revision: { revisionType: 'AppSpecContent', appSpecContent: { content: 'version: 0.0' } }
    })
    expect(await appSpecText(codedeploy, deployed)).toBe('version: 0.0')
    expect(asked).toEqual([
      {
        applicationName: 'orders',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { sha256: 'abc' } }
      }
    ])
  })

  it.each<[string, DeploymentInfo['revision']]>([
    ['in S3', { revisionType: 'S3', s3Location: { bucket: 'specs', key: 'appspec.yaml' } }],
    ['of a rollback to what CodeDeploy has not released', undefined]
  ])('%s: CodeDeploy has none, and is not asked', async (_, revision) => {
    const { asked, codedeploy } = client({})
    expect(await appSpecText(codedeploy, { ...deployed, revision })).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('that is missing from the answer is an error, not an AppSpec in S3', async () => {
    await expect(appSpecText(client({}).codedeploy, deployed)).rejects.toThrow(
      'CodeDeploy has no text of the AppSpec abc'
    )
  })
})
