import { Refused } from '../release/refusal.ts'
import type { Place, Settings } from '../release/settings.ts'
import { say } from '../words/say.ts'

/**
 * Errors: Refused if an ARN among the inputs is of another region than the one that calls go
 * to.
 */
export function requireRegion({ place }: Settings, region: string): void {
  if (place === undefined || place.region === region) return
  throw new Refused([
    say`\`${place.input}\` is in ${place.region} by its ARN (${place.arn}), and calls go to ${region}, as \`aws-region\` or the job's AWS_REGION says; set \`aws-region: ${place.region}\`, or name the service that is meant`
  ])
}

/** What a part of an ARN is called. */
export function partOf(part: 'partition' | 'region' | 'account'): string {
  return { partition: say`partition`, region: say`region`, account: say`account` }[part]
}

/**
 * Why `found`, the ARN in AWS's answer, contradicts the partition, region or account that
 * the inputs name; undefined if it does not, or if no input names them. Only an answer tells
 * to which account the credentials belong.
 */
export function elsewhere(place: Place | undefined, found: string | undefined): string | undefined {
  if (place === undefined || found === undefined) return undefined
  const [, partition = '', , region = '', account = ''] = found.split(':')
  const parts = { partition, region, account }
  const wrong = (['partition', 'region', 'account'] as const).find(
    (part) => parts[part] !== place[part]
  )
  if (wrong === undefined) return undefined
  return say`\`${place.input}\` names the ${partOf(wrong)} ${place[wrong]} by its ARN (${place.arn}), and the credentials of this job reach ${found}; use credentials of that ${partOf(wrong)}, or name the service that is meant`
}
