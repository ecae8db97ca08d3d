import type { WatchdogPlane } from '../../controllers/gate-plane.ts'
import { describeError } from '../../aws/errors.ts'
import { fitsAny } from '../../documents/pattern.ts'
import { watchMarks } from '../../ledger/watch-marks.ts'
import { keepStop } from '../../ledger/watched-stops.ts'
import { renderUngated, whyUngated, type UngatedView } from '../card/ungated.ts'
import type { Policy } from '../policy/policy.ts'
import type { WatchdogPlatform } from './platform.ts'

/** Longer than Lambda lets the function run (infra/gate.yaml): whoever has claimed the deployment is gone by then. */
const CLAIMED_MS = 45_000

type Result = UngatedView['result']
const RESULTS: readonly Result[] = ['stopped', 'too-late', 'reported']

/**
 * Judges a deployment, once: if it is watched and does not carry the gate, this stops
 * it or reports it, as the policy says. The deployment's event may come twice or not
 * at all, and the list of active deployments names it every minute, so the ledger
 * says what is done. What was cut off is gone on with.
 * Errors: if the policy or the deployment could not be read, the deployment not be
 * stopped, or nobody be told; it is judged again then.
 */
export async function judge(
  platform: WatchdogPlatform,
  kind: string,
  plane: WatchdogPlane,
  deploymentId: string
): Promise<void> {
  const { table, clock, log, slack } = platform
  const marks = watchMarks(table, kind, deploymentId, () => clock.now())
  const made = await marks.read()
  if (made.has('judged')) return
  const gateable = await plane.gating(deploymentId)
  if (!gateable || gateable.gating.gated) return void (await marks.make('judged'))
  const { watchedAs, gating } = gateable
  const policy = await platform.policy()
  if (!fitsAny(policy.watch.deploymentGroups, watchedAs)) return void (await marks.make('judged'))
  if (!(await isMine())) return
  const result = resultIn(made.get('result')?.text) ?? (await act(policy))
  const { why, found } = gating
  log('error', 'ungated deployment', { deployment: deploymentId, why, found, result })
  if (result !== 'not-stopped' || !made.has('told')) {
    const { language } = policy
    const { channel } = policy.slack
    const because = whyUngated(language, why, found)
    const told = { language, deploymentId, watchedAs, because }
    const ts = await slack.post(channel, renderUngated({ ...told, result }))
    const at = clock.now()
    if (result === 'stopped') await keepStop(table, { ...told, plane: kind, at, channel, ts })
  }
  if (result !== 'not-stopped') return void (await marks.make('judged'))
  await marks.make('told')
  throw new Error(`${deploymentId} could not be stopped`)

  /** Whether no other invocation is at it. Of several that come after one was cut off, one goes on. */
  async function isMine(): Promise<boolean> {
    const claims = [...made].filter(([mark]) => mark.startsWith('claim'))
    const last = Math.max(...claims.map(([, { at }]) => at))
    if (clock.now() - last <= CLAIMED_MS) return false
    return marks.make(`claim${claims.length}`)
  }

  /** What was done is noted before people are told, so that a second attempt tells them the same. */
  async function act({ watch }: Policy): Promise<Result> {
    const done = watch.onUngated === 'stop' ? await stop() : 'reported'
    if (done !== 'not-stopped') await marks.make('result', done)
    return done
  }

  async function stop(): Promise<Result> {
    try {
      return (await plane.stop(deploymentId)) ? 'stopped' : 'too-late'
    } catch (error) {
      log('error', 'ungated deployment not stopped', { why: describeError(error) })
      return 'not-stopped'
    }
  }
}

function resultIn(text: string | undefined): Result | undefined {
  return RESULTS.find((each) => each === text)
}
