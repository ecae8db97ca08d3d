import { AwsError } from '../errors.ts'

/**
 * Refuses what API Gateway takes for no access log of an HTTP API: "The format must include at least
 * $context.requestId" (API reference, AccessLogSettings; aws/aws-cdk#33977 refuses it before a
 * deployment). The words of the refusal are not documented. Nor is what happens to a destination
 * without a format, or the other way round: refused as well.
 */
export function checkAccessLog(settings: Readonly<Record<string, unknown>>): void {
  const { DestinationArn: destination, Format: format } = settings
  if (destination === undefined && format === undefined) return
  if (typeof destination !== 'string' || typeof format !== 'string') {
    throw new AwsError('BadRequestException', 'Both DestinationArn and Format have to be given')
  }
  // `$context.requestIdentity` would be another variable.
  if (!/\$context\.requestId(?![\w.])/.test(format)) {
    throw new AwsError(
      'BadRequestException',
      'AccessLogSettings format must include at least $context.requestId'
    )
  }
}
