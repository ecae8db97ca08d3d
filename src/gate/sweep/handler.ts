import type { Platform } from '../platform.ts'
import { sweep } from './sweep.ts'

/**
 * EventBridge's schedule, CodeDeploy's state changes and evidence that arrives
 * in the ledger alike: whatever the event says, the world is looked at afresh, so a lost or doubled event costs
 * a minute at most.
 * Throws where a gate could not be driven: EventBridge tries again, and the
 * function's error alarm rings.
 */
export async function handleSweep(platform: Platform): Promise<void> {
  const { gates, failed } = await sweep(platform)
  if (failed > 0) throw new Error(`${failed} of ${gates} gates could not be swept`)
}
