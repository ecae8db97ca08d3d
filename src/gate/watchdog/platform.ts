import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import type { Start } from '../observe/platform.ts'
import type { Platform } from '../platform.ts'
import type { Unrecorded } from '../request/unrecorded.ts'

/** Everything outside that the watchdog uses. It is handed in. */
export interface WatchdogPlatform extends Pick<
  Platform<WatchdogPlane>,
  'planes' | 'policy' | 'log' | 'slack' | 'clock' | 'table'
> {
  /**
   * Starts the function that observes production, and does not wait for it. Returns false if there
   * is none. Errors: Lambda's.
   */
  readonly observe: (start: Start) => Promise<boolean>
  /** Invokes the request function, and does not wait for it. Errors: Lambda's. */
  readonly record: (event: Unrecorded) => Promise<void>
}
