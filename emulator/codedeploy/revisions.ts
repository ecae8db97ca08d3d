import { createHash } from 'node:crypto'
import type {
  GetApplicationRevisionInput,
  GetApplicationRevisionOutput,
  RevisionLocation
} from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { Switches } from '../switches.ts'
import type { World } from '../world.ts'
import { deploymentsOf } from './active.ts'
import type { AppSpec } from './appspec.ts'
import { parseAppSpec } from './appspec.ts'
import { requireApplication } from './refusals.ts'
import type { StoredApplication, StoredDeployment, StoredRevision } from './state.ts'

const CONTENT_LIMIT = 64 * 1024

/** A revision that CreateDeployment was given: its AppSpec and the name CodeDeploy knows it by. */
export interface GivenRevision {
  readonly appSpec: AppSpec
  readonly content: string
  readonly sha256: string
}

/**
 * Reads the revision of a new deployment. A text is given in full, or by the hash of a registered
 * one alone: both members of AppSpecContent are optional, and cds-snc/platform-forms-client#5336
 * creates its rollbacks by the hash.
 */
export function readRevision(
  given: RevisionLocation | undefined,
  application: StoredApplication,
  switches: Pick<Switches, 'appSpecLimit' | 'appSpecSha256'>
): GivenRevision {
  const { content: text, sha256: claimed } = inlineOf(given)
  if (!text) {
    const sha256 = claimed ?? ''
    const { content } = requireRevision(application, sha256)
    return { appSpec: parseAppSpec(content), content, sha256 }
  }
  if (switches.appSpecLimit === '64KiB' && Buffer.byteLength(text) > CONTENT_LIMIT)
    throw new AwsError('InvalidRevisionException', 'The AppSpec content is longer than 65536 bytes')
  const sha256 = createHash('sha256').update(text).digest('hex')
  if (switches.appSpecSha256 === 'checked' && claimed !== undefined && claimed !== sha256)
    throw new AwsError(
      'InvalidRevisionException',
      'The SHA256 of the AppSpec content does not match'
    )
  return { appSpec: parseAppSpec(text), content: text, sha256 }
}

/** CreateDeployment registers what it is given (it needs the right RegisterApplicationRevision). */
export function registerRevision(
  application: StoredApplication,
  { content, sha256 }: GivenRevision,
  deploymentId: string,
  at: number
): void {
  if (application.revisions.has(sha256)) return
  // The words of AWS's example of get-application-revision.
  const description = `Application revision registered by Deployment ID: ${deploymentId}`
  application.revisions.set(sha256, { content, description, registeredAt: at })
}

/**
 * A revision without its text: "The content property of the appSpecContent object in the returned
 * revision is always null" (API reference, GetDeployment). The other answers that hold a revision
 * are silent about it, so theirs is left out as well.
 */
export function namedRevision(sha256: string): RevisionLocation {
  return { revisionType: 'AppSpecContent', appSpecContent: { sha256 } }
}

/** The text of a registered revision; an AppSpec is found by its hash. */
export function getApplicationRevision(
  input: GetApplicationRevisionInput,
  world: World
): GetApplicationRevisionOutput {
  const application = requireApplication(world, input.applicationName)
  const { sha256 } = inlineOf(input.revision)
  if (!sha256) throw invalid('The sha256 of the AppSpec content is required')
  const { content, description, registeredAt } = requireRevision(application, sha256)
  const uses = usesOf(world, application, sha256)
  return {
    applicationName: application.name,
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } },
    revisionInfo: {
      description,
      deploymentGroups: [...application.groups.keys()].filter((group) =>
        isTarget(deploymentsOf(world, application.name, group), sha256)
      ),
      firstUsedTime: uses.at(0)?.info.createTime,
      lastUsedTime: uses.at(-1)?.info.createTime,
      registerTime: new Date(registeredAt)
    }
  }
}

function usesOf(
  { codedeploy }: World,
  { name }: StoredApplication,
  sha256: string
): StoredDeployment[] {
  return [...codedeploy.deployments.values()].filter(
    ({ info }) => info.applicationName === name && isNamed(info.revision, sha256)
  )
}

/** What a group's last successful deployment has released is its target revision. */
function isTarget(deployments: readonly StoredDeployment[], sha256: string): boolean {
  const last = deployments.findLast(({ info }) => info.status === 'Succeeded')
  return isNamed(last?.info.revision, sha256)
}

function isNamed(revision: RevisionLocation | undefined, sha256: string): boolean {
  return revision?.appSpecContent?.sha256 === sha256
}

function inlineOf(
  given: RevisionLocation | undefined
): NonNullable<RevisionLocation['appSpecContent']> {
  if (!given) throw new AwsError('RevisionRequiredException', 'Revision is required')
  if (given.revisionType === 'S3' && given.s3Location?.bucket && given.s3Location.key) {
    // This account has no buckets.
    const { bucket, key } = given.s3Location
    throw unknownRevision(`s3://${bucket}/${key}`)
  }
  const { appSpecContent: inline } = given
  if (given.revisionType !== 'AppSpecContent' || !(inline?.content || inline?.sha256))
    throw invalid('An Amazon ECS deployment needs a revision of type AppSpecContent or S3')
  return inline
}

function requireRevision({ revisions }: StoredApplication, sha256: string): StoredRevision {
  const revision = revisions.get(sha256)
  if (!revision) throw unknownRevision(sha256)
  return revision
}

function unknownRevision(which: string): AwsError {
  return new AwsError('RevisionDoesNotExistException', `No revision found at ${which}`)
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidRevisionException', message)
}
