import { createHmac } from 'node:crypto'
import type { GateFacts, Hold, Holds } from '../../src/ledger/gate-facts.ts'
import { gateId } from '../../src/ledger/keys.ts'
import type { Seal } from '../../src/ledger/seal.ts'

/** The hold of a deployment that waits from 0 to 60 minutes. */
export function holdOf(deploymentId: string, service = 'orders'): Hold {
  const waits = { openedAt: 0, expiresAt: 60 * 60_000 }
  return { plane: 'memory', deploymentId, cluster: 'shop', service, ...waits }
}

/** The facts of a gate that opened at 0, expires at 55 minutes and has one hold. */
export function factsOf(token: string, deploymentId = 'd-ABCDEF123'): GateFacts {
  return factsOfHolds([holdOf(deploymentId)], [token])
}

/** The same of a gate with these holds. */
export function factsOfHolds(holds: Holds, tokens: readonly string[]): GateFacts {
  const releaseId = holds[0].deploymentId
  return {
    id: gateId(releaseId, tokens),
    releaseId,
    holds,
    region: 'eu-central-1',
    createdAt: 0,
    consoleUrl: undefined,
    names: { application: 'AppECS-shop-orders', deploymentGroup: 'DgpECS-shop-orders' },
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
