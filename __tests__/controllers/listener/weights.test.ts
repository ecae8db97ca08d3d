import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2'
import { expect, test } from '@jest/globals'
import {
  sameWeights,
  shareOf,
  weightsFor,
  weightsIn,
  withWeights
} from '../../../src/controllers/listener/weights.ts'

const pair = { from: 'arn:prod1', to: 'arn:prod2' }

const forward: Action = {
  Type: 'forward',
  Order: 3,
  ForwardConfig: {
    TargetGroups: [
      { TargetGroupArn: 'arn:prod2', Weight: 0 },
      { TargetGroupArn: 'arn:prod1', Weight: 100 }
    ],
    TargetGroupStickinessConfig: { Enabled: false, DurationSeconds: 3600 }
  }
}

/** As Describe shows it: without the client secret. */
const oidc: Action = {
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig: {
    Issuer: 'https://login.example.com',
    AuthorizationEndpoint: 'https://login.example.com/authorize',
    TokenEndpoint: 'https://login.example.com/token',
    UserInfoEndpoint: 'https://login.example.com/userinfo',
    ClientId: 'orders',
    Scope: 'openid',
    AuthenticationRequestExtraParams: { prompt: 'login' }
  }
}

const jwt: Action = {
  Type: 'jwt-validation',
  Order: 2,
  JwtValidationConfig: {
    JwksEndpoint: 'https://login.example.com/jwks',
    Issuer: 'https://login.example.com'
  }
}

test('the weights are read by target group, in whatever order they stand', () => {
  expect(weightsIn([forward], pair)).toEqual({ from: 100, to: 0 })
})

test.each<[string, readonly Action[]]>([
  ['a third group', [withGroups('arn:prod1', 'arn:prod2', 'arn:other')]],
  ['another group', [withGroups('arn:prod1', 'arn:other')]],
  ['one group', [withGroups('arn:prod1')]],
  ['one group at the top alone', [{ Type: 'forward', TargetGroupArn: 'arn:prod1' }]],
  [
    'an answer of its own',
    [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }]
  ],
  ['no action', []]
])('there are no weights of the pair with %s', (_, actions) => {
  expect(weightsIn(actions, pair)).toBeUndefined()
})

test('nothing but the two weights changes in the whole list', () => {
  const changed = withWeights([oidc, jwt, forward], pair, { from: 75, to: 25 })
  expect(changed).toEqual([
    {
      ...oidc,
      AuthenticateOidcConfig: { ...oidc.AuthenticateOidcConfig, UseExistingClientSecret: true }
    },
    jwt,
    {
      ...forward,
      ForwardConfig: {
        ...forward.ForwardConfig,
        TargetGroups: [
          { TargetGroupArn: 'arn:prod2', Weight: 25 },
          { TargetGroupArn: 'arn:prod1', Weight: 75 }
        ]
      }
    }
  ])
  expect(forward.ForwardConfig?.TargetGroups?.[0]?.Weight).toBe(0)
})

test('a client secret that is there is sent as it is', () => {
  const given: Action = {
    Type: 'authenticate-oidc',
    AuthenticateOidcConfig: {
      Issuer: 'https://login.example.com',
      AuthorizationEndpoint: undefined,
      TokenEndpoint: undefined,
      UserInfoEndpoint: undefined,
      ClientId: 'orders',
      ClientSecret: 'secret'
    }
  }
  expect(withWeights([given], pair, weightsFor(10))).toEqual([given])
})

test.each([
  [{ from: 100, to: 0 }, 0],
  [{ from: 1, to: 1 }, 50],
  [{ from: 999, to: 333 }, 25],
  [{ from: 0, to: 0 }, undefined]
])('of %j the share is %s', (weights, share) => {
  expect(shareOf(weights)).toBe(share)
})

test('weights are a scale of a hundred, and the same only number by number', () => {
  expect(weightsFor(25)).toEqual({ from: 75, to: 25 })
  expect(sameWeights({ from: 1, to: 1 }, { from: 50, to: 50 })).toBe(false)
})

function withGroups(...arns: readonly string[]): Action {
  return {
    Type: 'forward',
    ForwardConfig: { TargetGroups: arns.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 })) }
  }
}
