import { serviceId } from '../../ledger/keys.ts'
import { readVerificationItem, verificationKey } from '../../ledger/verification-item.ts'
import type { Availability } from '../../verification/file/model.ts'
import { parseVerification } from '../../verification/file/parse.ts'
import type { ObservePlane } from '../../controllers/gate-plane.ts'
import type { ObservePlatform } from './platform.ts'

/** What of a release is observed. */
export interface Observed {
  readonly deploymentId: string
  /** As the ledger names it. */
  readonly service: string
  readonly availability: Availability
  /** Origin of production, if the file names one. */
  readonly production: string | undefined
  /** SHA-256 of the verification file. */
  readonly file: string
}

/** The job writes the file right after CreateDeployment, which is when the event comes. */
const PATIENCE_MS = 60_000
const LOOK_AGAIN_MS = 2_000

/**
 * What is to be observed. If nothing is, a text says why.
 * Errors: those of the plane; VerificationError for a file that the job should not have let through.
 */
export async function observedRelease(
  { clock, table }: Pick<ObservePlatform, 'clock' | 'table'>,
  plane: Pick<ObservePlane, 'read'>,
  deploymentId: string
): Promise<Observed | string> {
  const until = clock.now() + PATIENCE_MS
  for (;;) {
    const { isEcs, isRollback, service: named } = await plane.read(deploymentId)
    if (!isEcs) return 'not a deployment to ECS'
    // A rollback belongs to the deployment that is rolled back, whose observer follows it.
    if (isRollback) return 'a rollback'
    const service = named && serviceId(named.cluster, named.name)
    const item = service && (await table.get(verificationKey(service, deploymentId)))
    const found = item && readVerificationItem(item, deploymentId)
    if (service !== undefined && found) {
      const { availability, target, digest } = await parseVerification(found.text, found.path)
      if (!availability) return 'its verification has no availability'
      return { deploymentId, service, availability, production: target.production, file: digest }
    }
    if (clock.now() >= until) return 'it has no verification in the ledger'
    await clock.sleep(LOOK_AGAIN_MS)
  }
}
