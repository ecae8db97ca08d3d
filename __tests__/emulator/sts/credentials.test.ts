import { describe, expect, it } from '@jest/globals'
import { ManualClock } from '../../../emulator/clock.ts'
import { CredentialStore } from '../../../emulator/sts/credentials.ts'
import type { Credentials } from '../../../emulator/sts/credentials.ts'

const ROLE = 'arn:aws:sts::123456789012:assumed-role/deploy/run'

function signed(keys: Credentials, region = 'eu-central-1'): Record<string, string> {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20260101/${region}/ecs/aws4_request, SignedHeaders=host, Signature=0`,
    ...(keys.sessionToken !== undefined && { 'x-amz-security-token': keys.sessionToken })
  }
}

const reason = (value: string) => expect.objectContaining({ reason: value })

describe('credentials', () => {
  const clock = new ManualClock()
  const store = new CredentialStore(clock, 'eu-central-1')

  it('say who calls', () => {
    const user = store.addUser('arn:aws:iam::123456789012:user/release')
    const session = store.issue(ROLE, 900)
    expect(user.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(session.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(store.authenticate(signed(user), 'ecs').arn).toMatch(/:user\/release$/)
    expect(store.authenticate(signed(session), 'ecs').arn).toBe(ROLE)
  })

  it('of a session end at their time, or when revoked', async () => {
    const session = store.issue(ROLE, 900)
    await clock.advance(899_999)
    expect(store.authenticate(signed(session), 'ecs').arn).toBe(ROLE)
    await clock.advance(1)
    expect(() => store.authenticate(signed(session), 'ecs')).toThrow(reason('expired-credentials'))
    const revoked = store.issue(ROLE, 900)
    store.expire(revoked.accessKeyId)
    expect(() => store.authenticate(signed(revoked), 'ecs')).toThrow(reason('expired-credentials'))
  })

  it('that are missing, unknown, without their token or for another region are refused', () => {
    const session = store.issue(ROLE, 900)
    const { accessKeyId, secretAccessKey } = session
    const withoutToken = { accessKeyId, secretAccessKey }
    const wrong = { ...session, sessionToken: 'other' }
    const refused = (headers: Record<string, string>) => () => store.authenticate(headers, 'ecs')
    expect(refused({})).toThrow(reason('missing-credentials'))
    expect(refused(signed({ ...session, accessKeyId: 'AKIANOBODY' }))).toThrow(
      reason('unknown-credentials')
    )
    expect(refused(signed(withoutToken))).toThrow(reason('unknown-credentials'))
    expect(refused(signed(wrong))).toThrow(reason('unknown-credentials'))
    expect(refused(signed(session, 'us-east-1'))).toThrow(reason('wrong-region'))
    expect(store.authenticate(signed(session, 'us-east-1'), 'sts').arn).toBe(ROLE)
  })
})
