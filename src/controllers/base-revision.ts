import type { Clients } from '../aws/clients.ts'
import { explain } from '../aws/next-step.ts'
import { describeTaskDefinition, type DescribedTaskDefinition } from '../aws/task-definitions.ts'
import { Refused } from '../release/refusal.ts'
import type { TaskDefinitionSource } from '../release/settings.ts'
import type { Known } from './service.ts'
import { say } from '../words/say.ts'

export interface BaseRevisionOptions {
  readonly clients: Clients
  readonly source: TaskDefinitionSource
  /** The revision that serves. */
  readonly running: Known<DescribedTaskDefinition>
  /** Finds the revision that served before `arn`. Errors: Refused. */
  readonly previous: (arn: string) => Promise<string>
}

/**
 * The existing revision that the inputs start from; undefined if they name a
 * file. Errors: Refused.
 */
export async function baseRevision({
  clients,
  source,
  running,
  previous
}: BaseRevisionOptions): Promise<DescribedTaskDefinition | undefined> {
  if (source.kind === 'file') return undefined
  if (source.kind === 'reference') return described('task-definition', source.reference)
  if (!('value' in running)) {
    throw new Refused([
      source.kind === 'running'
        ? say`\`task-definition\` is empty, so what runs now would be released: ${running.missing}`
        : say`\`rollback-to\` starts from what runs now: ${running.missing}`
    ])
  }
  const { arn } = running.value
  if (source.kind === 'running') return running.value
  const wanted =
    source.kind === 'revision' ? arn.replace(/\d+$/, String(source.revision)) : await previous(arn)
  return described('rollback-to', wanted)

  async function described(input: string, reference: string): Promise<DescribedTaskDefinition> {
    try {
      return await describeTaskDefinition(clients, reference)
    } catch (error) {
      const message = say`\`${input}\`: "${reference}" could not be read: ${explain(error)}`
      throw new Refused([message], { cause: error })
    }
  }
}
