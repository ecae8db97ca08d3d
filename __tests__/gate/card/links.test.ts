import { describe, expect, test } from '@jest/globals'
import { linksOf } from '../../../src/gate/card/links.ts'
import { policyWith } from '../memory-world.ts'

const GHES = {
  ...policyWith(),
  github: { ...policyWith().github, issuer: 'https://git.example.com/_services/token' }
}

describe('threat: a release’s record leads an approver elsewhere', () => {
  test.each([
    ['https://github.com/org/shop/commit/abc', policyWith(), true],
    ['https://github.com.evil.example/org', policyWith(), false],
    ['https://github.com@evil.example/org', policyWith(), false],
    ['https://evil.example/github.com', policyWith(), false],
    ['http://github.com/org', policyWith(), false],
    ['javascript:alert(1)', policyWith(), false],
    ['https://git.example.com/org', GHES, true],
    ['https://github.com/org', GHES, false]
  ])('commit and run at %s are a link only on GitHub’s own server', (url, policy, isLink) => {
    const links = linksOf(
      { commit: { sha: 'abc', url }, run: { label: 'run 1', url }, testUrl: undefined },
      policy
    )
    expect(links).toEqual({
      commit: { sha: 'abc', url: isLink ? url : undefined },
      run: { label: 'run 1', url: isLink ? url : undefined },
      testUrl: undefined
    })
  })

  test.each([
    ['https://test.example.com:8443/', ['test.example.com'], true],
    ['https://a.test.example.com/', ['*.example.com'], true],
    ['https://test.example.com/', [], false],
    ['https://test.example.com.evil.example/', ['test.example.com'], false],
    ['https://test.example.com@evil.example/', ['test.example.com'], false],
    ['no address', ['*'], false]
  ])(
    'test-url %s is a link only where the policy lists its host: %j',
    (text, testHosts, isLink) => {
      const record = { commit: undefined, run: undefined, testUrl: text }
      const { testUrl } = linksOf(record, { ...policyWith(), testHosts })
      expect(testUrl).toEqual({ text, isLink })
    }
  )
})
