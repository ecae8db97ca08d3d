import { createHmac } from 'node:crypto'
import type { GateFacts } from '../../src/ledger/gate.ts'
import { gateId } from '../../src/ledger/keys.ts'
import type { Seal } from '../../src/ledger/seal.ts'

/** The facts of a gate that opened at 0 and expires at 55 minutes. */
export function factsOf(executionId: string, deploymentId = 'd-ABCDEF123'): GateFacts {
  return {
    id: gateId(deploymentId, executionId),
    deploymentId,
    region: 'eu-central-1',
    cluster: 'shop',
    service: 'orders',
    application: 'AppECS-shop-orders',
    deploymentGroup: 'DgpECS-shop-orders',
    deploymentCreatedAt: 0,
    openedAt: 0,
    expiresAt: 55 * 60_000,
    requester: {
      verified: true,
      why: undefined,
      logins: ['octocat'],
      users: ['UASKER'],
      unmapped: []
    },
    release: {
      recordDigest: undefined,
      revision: { before: 'orders:1', after: 'orders:2' },
      images: [{ container: 'app', before: 'orders:1', after: 'orders:2', digest: undefined }],
      changes: undefined,
      repository: 'org/shop',
      commit: undefined,
      run: undefined,
      testUrl: undefined,
      evidence: [],
      breakGlass: undefined
    },
    health: { targetGroup: 'green', states: { healthy: 2 }, unavailable: undefined }
  }
}

/** A seal whose key is here; KMS's is tried in e2e. */
export function localSeal(key: string): Seal {
  const mac = (text: string): string => createHmac('sha256', key).update(text).digest('base64')
  return {
    mac: (text) => Promise.resolve(mac(text)),
    verify: (text, given) => Promise.resolve(given === mac(text))
  }
}
