import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { DescribeServicesCommand } from '@aws-sdk/client-ecs'
import { parse } from 'yaml'
import { createClients } from '../../src/aws/clients.ts'
import { explain, nextStep } from '../../src/aws/next-step.ts'
import { RIGHTS } from '../../src/aws/rights.ts'

function error(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

/** As IAM words it (IAM User Guide, "Troubleshoot access denied error messages"). */
const DENIED =
  'User: arn:aws:sts::123456789012:assumed-role/release/run is not authorized to perform: ecs:RegisterTaskDefinition on resource: arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:* because no identity-based policy allows the ecs:RegisterTaskDefinition action'

describe('a denied call', () => {
  it('names the right, and the policy of the template that allows it', () => {
    expect(explain(error('AccessDeniedException', DENIED))).toBe(
      `AccessDeniedException: ${DENIED}; give the job's role the right ecs:RegisterTaskDefinition (see the rights of the role in the documentation; of infra/policies.yaml the policy CiPolicyArn allows it)`
    )
  })

  it.each([
    ['iam:PassRole', 'CiPassRolesPolicyArn'],
    ['ecs:RunTask', 'CiRunTaskPolicyArn'],
    ['ecs:StopTask', 'CiRecoveryPolicyArn'],
    ['logs:GetLogEvents', 'CiTaskLogsPolicyArn']
  ])('%s is in a policy of its own', (action, policy) => {
    const message = `User: arn:aws:iam::1:user/a is not authorized to perform: ${action} on resource: x`
    expect(nextStep(error('AccessDeniedException', message))).toContain(policy)
  })

  it('is known under another name too, as ECS passes on that a role may not be passed', () => {
    const message = 'User: a is not authorized to perform: iam:PassRole on resource: b'
    expect(nextStep(error('ClientException', message))).toContain('the right iam:PassRole')
  })

  it.each(['service control policy', 'permissions boundary', 'session policy'])(
    'says that an explicit deny in a %s cannot be allowed away',
    (policy) => {
      const message = `User: a is not authorized to perform: ecs:DescribeServices on resource: b with an explicit deny in a ${policy}`
      expect(nextStep(error('AccessDeniedException', message))).toBe(
        `the right ecs:DescribeServices is denied by a statement (${policy}), against which no other policy helps: whoever owns it has to change it`
      )
    }
  )

  it('names a right that no template has, and none where AWS names none', () => {
    const message = 'User: a is not authorized to perform: kms:Sign on resource: b'
    expect(nextStep(error('AccessDeniedException', message))).toBe(
      "give the job's role the right kms:Sign"
    )
    expect(nextStep(error('AccessDenied', 'Access Denied'))).toContain('infra/policies.yaml')
  })
})

describe('credentials', () => {
  const before = { ...process.env }
  afterEach(() => {
    process.env = { ...before }
  })

  it('that are nowhere: role-to-assume, or the step before', async () => {
    process.env = Object.fromEntries(
      Object.entries(before).filter(([name]) => !name.startsWith('AWS_'))
    )
    // The SDK's chain ends with the instance's metadata, which a runner of GitHub does not have.
    Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nowhere' })
    const { ecs } = createClients({ region: 'eu-west-1', credentials: undefined, maxRetries: 0 })
    const thrown: unknown = await ecs
      .send(new DescribeServicesCommand({ services: ['orders'] }))
      .catch((caught: unknown) => caught)
    expect(explain(thrown)).toBe(
      'CredentialsProviderError: Could not load credentials from any providers; this job has no AWS credentials: set role-to-assume (and permissions: {id-token: write}), or run aws-actions/configure-aws-credentials in a step before this one'
    )
  })

  it('of a role that does not trust the job', () => {
    const message =
      'cannot assume arn:aws:iam::1:role/release: Not authorized to perform sts:AssumeRoleWithWebIdentity'
    expect(nextStep(error('CredentialsProviderError', message))).toContain('the trust policy')
  })

  it('that have expired, or are not accepted', () => {
    const expired = error('ExpiredTokenException', 'The security token is expired')
    expect(nextStep(expired)).toContain('set role-to-assume, which renews them')
    const wrong = error('UnrecognizedClientException', 'The security token is invalid')
    expect(nextStep(wrong)).toContain('AWS does not accept the credentials')
  })
})

it('says nothing more where nothing helps in general', () => {
  const thrown = error('InvalidParameterException', 'Tasks cannot be empty.')
  expect(explain(thrown)).toBe('InvalidParameterException: Tasks cannot be empty.')
})

describe('the table of rights', () => {
  it('is that of the template, policy by policy', () => {
    const { Resources } = parse(readFileSync('infra/policies.yaml', 'utf8'), {
      logLevel: 'silent'
    }) as { Resources: Record<string, { Properties: { PolicyDocument: Document } }> }
    for (const [action, output] of Object.entries(RIGHTS)) {
      const policy = Resources[output.replace(/Arn$/, '')]
      expect(actionsOf(policy?.Properties.PolicyDocument)).toContain(action)
    }
    const known = Object.keys(RIGHTS)
    expect(
      actionsOf(Resources['CiPolicy']?.Properties.PolicyDocument).filter(
        (action) => !known.includes(action)
      )
    ).toEqual([])
  })
})

interface Document {
  readonly Statement: readonly { readonly Effect: string; readonly Action: string | string[] }[]
}

function actionsOf(document: Document | undefined): string[] {
  return (document?.Statement ?? [])
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action)
}
