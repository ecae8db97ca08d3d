import type { ReleaseRecord } from '../../src/ledger/release-record.ts'

/** The record of a release, with every member. */
export const RECORD: ReleaseRecord = {
  version: 1,
  cluster: 'shop',
  service: 'orders',
  deploymentId: 'd-A1',
  repository: 'org/shop',
  ref: 'refs/heads/main',
  commit: { sha: 'abc', url: 'https://example.com/abc' },
  run: { id: '7', attempt: '2', url: 'https://example.com/7' },
  actor: 'octocat',
  triggeringActor: 'hubot',
  revision: { before: 'orders:1', after: 'orders:2' },
  images: [{ container: 'app', before: 'orders:1', after: 'orders:2', digest: 'sha256:a' }],
  changes: [{ path: 'cpu', kind: 'changed', before: '256', after: '512' }],
  testUrl: 'https://test.example.com',
  evidence: [{ name: 'routes', verdict: 'passed', required: true, summary: '3 of 3' }],
  availability: true,
  breakGlass: 'orders are lost'
}
