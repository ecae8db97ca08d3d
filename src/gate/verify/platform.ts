import type { Planes, VerifyPlane } from '../../controllers/gate-plane.ts'
import type { Platform } from '../platform.ts'

/** Everything outside that verification inside the VPC uses. It is handed in. */
export interface VerifyPlatform extends Pick<Platform, 'clock' | 'log' | 'table'> {
  /** Milliseconds that only ever grow. */
  readonly monotonic: () => number
  readonly planes: Planes<VerifyPlane>
  /** Origins that a verification file may name besides those of the deployment itself. */
  readonly origins: readonly string[]
  /** The values of `{{env.NAME}}`. Errors: those of where they are kept. */
  readonly values: () => Promise<Readonly<Record<string, string>>>
}
