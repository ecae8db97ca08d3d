import { AwsError } from '../errors.ts'

/** CloudFormation's word for a template or parameters that it does not take. */
export function refused(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
