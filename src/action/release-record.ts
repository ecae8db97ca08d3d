import { isMapping, mappingsIn } from '../documents/mapping.ts'
import { nameOf } from '../aws/console-url.ts'
import type { ReleaseRecord, WrittenRecord } from '../ledger/release-record.ts'
import type { Draft } from '../release/draft.ts'
import type { Followed } from '../release/followed.ts'
import type { Change, Trigger } from '../release/report.ts'
import type { Settings } from '../release/settings.ts'
import { IMAGE_PATH, withoutValues } from '../taskdef/without-values.ts'
import type { Verification } from '../verification/file/model.ts'

/** What the ledger tells the gate about this release; undefined if there is no deployment yet. */
export function releaseRecord(
  draft: Draft,
  settings: Settings,
  trigger: Trigger,
  begun: {
    readonly followed: Followed
    readonly verification?: Pick<Verification, 'availability'> | undefined
  }
): WrittenRecord | undefined {
  const { deployment, taskDefinition } = draft
  if (!deployment) return undefined
  // A control plane may move traffic without a new revision.
  const { runningArn, arn, changes = [] } = taskDefinition ?? {}
  return {
    version: 1,
    cluster: nameOf(settings.cluster),
    service: nameOf(settings.service),
    deploymentId: deployment.id,
    repository: trigger.repository,
    ref: trigger.ref,
    commit: trigger.sha === undefined ? undefined : { sha: trigger.sha, url: trigger.commitUrl },
    run:
      trigger.runId === undefined
        ? undefined
        : { id: trigger.runId, attempt: trigger.runAttempt ?? '1', url: trigger.runUrl },
    actor: trigger.actor,
    triggeringActor: trigger.triggeringActor,
    revision: { before: runningArn, after: arn ?? runningArn ?? '' },
    images: imagesIn(draft.rendered, changes),
    changes: changes.map(withoutValues),
    testUrl: settings.testUrl,
    evidence: draft.announced.map((each) => ({ ...each, verdict: 'pending', summary: '' })),
    availability: begun.verification?.availability ? true : undefined,
    breakGlass: settings.breakGlassReason,
    followed: begun.followed
  }
}

function imagesIn(rendered: unknown, changes: readonly Change[]): ReleaseRecord['images'] {
  const containers = isMapping(rendered) ? mappingsIn(rendered['containerDefinitions']) : []
  return containers.flatMap(({ name, image }) => {
    if (typeof name !== 'string' || typeof image !== 'string') return []
    const change = changes.find(({ path }) => IMAGE_PATH.exec(path)?.[1] === name)
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1]
    return [{ container: name, before: change ? change.before : image, after: image, digest }]
  })
}
