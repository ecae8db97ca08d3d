import { say } from '../words/say.ts'

/**
 * Why an input that a step's output should fill is often empty. An expression gives an empty
 * text for an output that no step has written (GitHub's documentation, "Contexts
 * reference"), and the runner leaves out a job's output that holds a masked value ("Skip
 * output '...' since it may contain secret", actions/runner#1498,
 * aws-actions/amazon-ecr-login#546).
 */
export function whyEmpty(): string {
  return say`an input that a step's output was to fill is usually empty because the step was skipped, its id or the name of its output is misspelt, or GitHub has masked the output: a job passes on no output that holds a masked value, such as the account's number in the name of an ECR image`
}
