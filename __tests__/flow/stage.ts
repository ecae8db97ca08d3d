import { afterEach } from '@jest/globals'
import type { Fault } from '../../emulator/faults.ts'
import { startVirtualRelease } from '../../runner/virtual-release.ts'
import type { VirtualOptions, VirtualRelease, VirtualRun } from '../../runner/virtual-release.ts'
import type { Ending } from '../../src/release/ending.ts'

const HOUR = 3_600_000
const closers: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

export interface Released extends VirtualRelease {
  readonly ending: Ending
  /** Virtual seconds it took. */
  readonly seconds: number
  readonly text: string
  readonly operations: readonly string[]
}

/**
 * Clients that a release loads when it needs them. Loading takes the machine's time, in which a test
 * that moves the virtual clock by hand would run ahead, so they are loaded before.
 */
const loadBefore = (): Promise<unknown> =>
  Promise.all([
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-ecr'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-cloudwatch-logs')
  ])

/** Starts a release on a virtual clock; closed after the test. */
export async function start(options: VirtualOptions = {}): Promise<VirtualRelease> {
  await loadBefore()
  const release = await startVirtualRelease(options)
  closers.push(() => release.close())
  return release
}

/** Runs it to its end; the gate says yes unless told otherwise. */
export function run(options: VirtualOptions = {}): Promise<Released> {
  return runUndecided({ gateAnswers: 'Succeeded', ...options })
}

/** The same, and nobody answers at the gate. */
export async function runUndecided(options: VirtualOptions): Promise<Released> {
  const release = await start(options)
  const startedAt = release.clock.now()
  await release.advance(12 * HOUR, release.ended)
  const { ending, at } = await release.ended
  return {
    ...release,
    ending,
    seconds: (at - startedAt) / 1000,
    text: release.lines.join('\n'),
    operations: release.emulator.calls.list().map(({ operation }) => operation)
  }
}

/** One line of the pre-flight, `VERDICT: reason`. */
export function verdictOf({ draft }: VirtualRun, name: string): string {
  const found = draft.preflight.find((check) => check.name === name)
  return `${found?.verdict ?? 'no'}: ${found?.reason ?? 'check'}`
}

/** A preparation: this goes wrong with that operation, always or for its first calls. */
export function faulty(
  operation: string,
  fault: Fault,
  range: { readonly from?: number; readonly to?: number } = {}
): NonNullable<VirtualOptions['prepare']> {
  return (emulator) => void emulator.faults.add({ operation, fault, ...range })
}

export const GROUP = {
  'codedeploy-application': 'AppECS-shop-orders',
  'codedeploy-deployment-group': 'DgpECS-shop-orders'
}
