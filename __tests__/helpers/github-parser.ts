import {
  convertWorkflowTemplate,
  NoOperationTraceWriter,
  parseWorkflow
} from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'

const trace = new NoOperationTraceWriter()

/** What GitHub's own reader of action.yml has against it: with file, line and column, as a job's log shows it. */
export function complaintsOnAction(name: string, content: string): string[] {
  const { context } = parseAction({ name, content }, trace)
  return context.errors.getErrors().map(({ message }) => message)
}

/** What GitHub's own reader of workflows has against it, its expressions and its events included. */
export async function complaintsOnWorkflow(name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, trace)
  if (value !== undefined) await convertWorkflowTemplate(context, value)
  return context.errors.getErrors().map(({ message }) => message)
}
