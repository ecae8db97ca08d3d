import { isSameFunction } from '../../controllers/codedeploy/appspec/functions.ts'
import { GATE_EVENT } from '../../controllers/codedeploy/appspec/model.ts'
import { parseAppSpec } from '../../controllers/codedeploy/appspec/parse.ts'
import { describeError } from '../../aws/errors.ts'
import { parseDocument } from '../../documents/parse.ts'
import { retry } from '../runtime/retry.ts'
import type { HookFacts, VerifyPlatform } from './platform.ts'

/** CodeDeploy may invoke the function before its own answers show that it has begun the event. */
const LOOKS = 10
const BETWEEN_LOOKS_MS = 3_000

/** Whose hook the function was invoked for. */
export type Whose =
  | { readonly whose: 'own' }
  /** Somebody else's: no answer may be given. */
  | { readonly whose: 'other'; readonly why: string }
  /** It could not be found out: whatever is answered must open nothing. */
  | { readonly whose: 'unknown'; readonly why: string }

/**
 * CodeDeploy tells a function neither which lifecycle event it is asked about
 * nor whose execution id it is given, and takes the answer to any hook from
 * whoever may answer one (aws-semantics 1.2). So whoever may invoke this
 * function could have it answer the gate's hook. It answers while the AppSpec
 * names it at an event that is in progress and the gate's event has not begun:
 * until then the gate's hook has no execution id that anybody could give.
 * Never throws.
 */
export async function whoseHook(
  platform: Pick<VerifyPlatform, 'clock' | 'log' | 'hooks'>,
  deploymentId: string,
  ownFunction: string,
  attempts: number
): Promise<Whose> {
  for (let look = 1; ; look++) {
    let facts: HookFacts
    try {
      facts = await retry(platform, 'hooks', () => platform.hooks(deploymentId), attempts)
    } catch (error) {
      return { whose: 'unknown', why: describeError(error) }
    }
    const found = await judge(facts, ownFunction)
    if (found !== 'not yet') return found
    if (look === LOOKS) return { whose: 'other', why: 'its own lifecycle event has not begun' }
    await platform.clock.sleep(BETWEEN_LOOKS_MS)
  }
}

async function judge({ appSpec, events }: HookFacts, own: string): Promise<Whose | 'not yet'> {
  // Nothing is listed before the deployment has started.
  if (Object.keys(events).length === 0) return 'not yet'
  const gate = events[GATE_EVENT]
  if (gate !== 'Pending') {
    return { whose: 'other', why: `${GATE_EVENT} is ${gate ?? 'not there'}, not Pending` }
  }
  if (appSpec === undefined) return { whose: 'unknown', why: 'its AppSpec is not shown' }
  let named
  try {
    const { hooks } = parseAppSpec(await parseDocument(appSpec, 'AppSpec'))
    named = hooks.filter((hook) => isSameFunction(hook.function, own)).map(({ event }) => event)
  } catch (error) {
    return { whose: 'unknown', why: describeError(error) }
  }
  const statuses = named.map((event) => events[event])
  if (statuses.includes('InProgress')) return { whose: 'own' }
  if (statuses.includes('Pending')) return 'not yet'
  const said = named.map((event) => `${event} is ${events[event] ?? 'not there'}`).join(', ')
  return { whose: 'other', why: said || 'the AppSpec does not name this function' }
}
