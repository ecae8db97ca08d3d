import { createHash } from 'node:crypto'
import type { RevisionLocation } from '@aws-sdk/client-codedeploy'
import { AwsError } from '../errors.ts'
import type { Switches } from '../switches.ts'
import type { AppSpec } from './appspec.ts'
import { parseAppSpec } from './appspec.ts'

const CONTENT_LIMIT = 64 * 1024

/** The AppSpec a revision holds, and the revision as CodeDeploy keeps it. */
export function readRevision(
  given: RevisionLocation | undefined,
  switches: Switches
): { appSpec: AppSpec; revision: RevisionLocation } {
  if (!given) throw new AwsError('RevisionRequiredException', 'Revision is required')
  if (given.revisionType === 'S3' && given.s3Location?.bucket && given.s3Location.key) {
    // This account has no buckets.
    const { bucket, key } = given.s3Location
    throw new AwsError(
      'RevisionDoesNotExistException',
      `No revision found at s3://${bucket}/${key}`
    )
  }
  const content = given.appSpecContent?.content
  if (given.revisionType !== 'AppSpecContent' || !content) {
    const message = 'An Amazon ECS deployment needs a revision of type AppSpecContent or S3'
    throw new AwsError('InvalidRevisionException', message)
  }
  if (switches.appSpecLimit === '64KiB' && Buffer.byteLength(content) > CONTENT_LIMIT)
    throw new AwsError('InvalidRevisionException', 'The AppSpec content is longer than 65536 bytes')
  const sha256 = createHash('sha256').update(content).digest('hex')
  const claimed = given.appSpecContent?.sha256
  if (switches.appSpecSha256 === 'checked' && claimed !== undefined && claimed !== sha256)
    throw new AwsError(
      'InvalidRevisionException',
      'The SHA256 of the AppSpec content does not match'
    )
  const revision: RevisionLocation = {
    revisionType: 'AppSpecContent',
    appSpecContent: { content, sha256: claimed ?? sha256 }
  }
  return { appSpec: parseAppSpec(content), revision }
}

/** A revision as GetDeployment shows it. */
export function shownRevision(
  revision: RevisionLocation | undefined,
  switches: Switches
): RevisionLocation | undefined {
  if (switches.revisionContent === 'returned' || !revision?.appSpecContent) return revision
  return { ...revision, appSpecContent: { sha256: revision.appSpecContent.sha256 } }
}
