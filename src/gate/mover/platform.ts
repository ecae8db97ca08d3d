import type { MoverPlane, Waiting } from '../../controllers/gate-plane.ts'
import type { Platform } from '../platform.ts'

/** Everything outside that the mover uses. It is handed in. */
export interface MoverPlatform extends Pick<
  Platform<MoverPlane>,
  'clock' | 'log' | 'policy' | 'planes'
> {
  /** Listeners and rules whose weights the stack lets the function change. */
  readonly routes: readonly string[]
  /** Has the card show how far a move is: invokes the sweep, and does not wait for it. Errors: Lambda's. */
  readonly tell: () => Promise<void>
  /** Has a person asked: invokes the request function with this, as a control plane does, and does not wait for it. Errors: Lambda's. */
  readonly ask: (waiting: Waiting & { readonly plane: string }) => Promise<void>
}
