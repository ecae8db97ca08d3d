import { CreateDeploymentCommand, ListApplicationsCommand } from '@aws-sdk/client-codedeploy'
import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy'
import { refusal } from '../lab.ts'
import type { Lab } from '../lab.ts'
import type { Observations } from './observation.ts'

/** Switches about what CreateDeployment takes, and what is shown of it. */
export const CREATION: Observations<
  'appSpecSha256' | 'appSpecLimit' | 'codedeployThrottle' | 'appSpecValidation'
> = {
  appSpecSha256: {
    see: async (lab) => create(lab, withAppSpec(lab, { sha256: '0'.repeat(64) })),
    expected: { ignored: 'answered', checked: 'InvalidRevisionException' }
  },

  appSpecLimit: {
    see: async (lab) => {
      const content = lab.request().revision?.appSpecContent?.content ?? ''
      return create(lab, withAppSpec(lab, { content: content.padEnd(70_000) }))
    },
    expected: { none: 'answered', '64KiB': 'InvalidRevisionException' }
  },

  codedeployThrottle: {
    see: async ({ codedeploy }) => {
      const calls = Array.from({ length: 30 }, () =>
        refusal(codedeploy.send(new ListApplicationsCommand({})))
      )
      return (await Promise.all(calls)).filter((outcome) => outcome === 'ThrottlingException')
        .length
    },
    expected: { none: 0, tight: 20 }
  },

  appSpecValidation: {
    see: async (lab) => {
      const input = lab.request({ container: 'sidecar' })
      const created = await refusal(lab.codedeploy.send(new CreateDeploymentCommand(input)))
      await lab.clock.advance(60_000)
      const [deployment] = lab.emulator.world.codedeploy.deployments.keys()
      if (deployment === undefined) return { created }
      const { errorInformation } = await lab.deployment(deployment)
      return { created, error: errorInformation?.code }
    },
    expected: {
      'at-install': { created: 'answered', error: 'ECS_UPDATE_ERROR' },
      'at-creation': { created: 'InvalidRevisionException' }
    }
  }
}

async function create({ codedeploy }: Lab, input: CreateDeploymentInput): Promise<string> {
  return refusal(codedeploy.send(new CreateDeploymentCommand(input)))
}

function withAppSpec(
  lab: Lab,
  change: { readonly content?: string; readonly sha256?: string }
): CreateDeploymentInput {
  const input = lab.request()
  const { content } = input.revision?.appSpecContent ?? {}
  const revision = {
    revisionType: 'AppSpecContent',
    appSpecContent: { content, ...change }
  } as const
  return { ...input, revision }
}
