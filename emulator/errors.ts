/**
 * A refusal in AWS's own terms. The protocol layer turns it into what the
 * wire wants: `__type` and message for the JSON protocols, `<Code>` for Query.
 */
export class AwsError extends Error {
  /** The wire code, for example `DeploymentLimitExceededException` or `TargetGroupNotFound`. */
  readonly code: string
  readonly httpStatus: number

  constructor(code: string, message: string, httpStatus = 400) {
    super(message)
    this.name = 'AwsError'
    this.code = code
    this.httpStatus = httpStatus
  }
}
