import { mappingIn, mappingsIn, textIn, isMapping } from '../documents/mapping.ts'
import type { ClientConfig, Clients } from './clients.ts'
import { nameOf } from './console-url.ts'
import { errorName } from './errors.ts'
import type { OptionalReads } from './optional-reads.ts'

/** Where a container's output is in CloudWatch Logs. */
export interface LogStream {
  readonly group: string
  readonly stream: string
  /** Undefined for the job's own region. */
  readonly region: string | undefined
}

/** A container of a task that has ended. */
export interface EndedContainer {
  readonly taskArn: string
  readonly name: string
  readonly runtimeId: string | undefined
}

/** The driver of a container's log, as its task definition names it; undefined if it names none. */
export function logDriverOf(taskDefinition: unknown, container: string): string | undefined {
  return textIn(logConfiguration(taskDefinition, container), 'logDriver')
}

/**
 * The stream into which the driver `awslogs` writes a container's output; undefined if the
 * container has another driver, or if the stream's name is not known.
 *
 * The name is `prefix/container/task id`; without a prefix it is the id that the container's
 * runtime has given to the container (ECS API reference, LogConfiguration, `awslogs-stream-prefix`).
 */
export function logStreamOf(
  taskDefinition: unknown,
  { taskArn, name, runtimeId }: EndedContainer
): LogStream | undefined {
  const configuration = logConfiguration(taskDefinition, name)
  if (textIn(configuration, 'logDriver') !== 'awslogs') return undefined
  const options = mappingIn(configuration, 'options')
  const group = textIn(options, 'awslogs-group')
  const prefix = textIn(options, 'awslogs-stream-prefix')
  const stream = prefix === undefined ? runtimeId : `${prefix}/${name}/${nameOf(taskArn)}`
  if (group === undefined || stream === undefined) return undefined
  return { group, stream, region: textIn(options, 'awslogs-region') }
}

function logConfiguration(
  taskDefinition: unknown,
  container: string
): ReturnType<typeof mappingIn> {
  const containers = isMapping(taskDefinition) ? taskDefinition['containerDefinitions'] : undefined
  const found = mappingsIn(containers).find((each) => each['name'] === container)
  return found ? mappingIn(found, 'logConfiguration') : {}
}

/**
 * The last lines of a stream, the oldest first; empty if the stream does not exist, or not yet.
 * Undefined if there was no answer. Never rejects.
 */
export function lastLines(
  { config }: Pick<Clients, 'config'>,
  optionalReads: OptionalReads,
  { group, stream, region }: LogStream,
  limit: number
): Promise<readonly string[] | undefined> {
  return optionalReads.read('logs:GetLogEvents', async (abortSignal) => {
    // The client is loaded only here, because only a release with `show-logs` needs it.
    const { CloudWatchLogsClient, GetLogEventsCommand } =
      await import('@aws-sdk/client-cloudwatch-logs')
    const inRegion: ClientConfig = region === undefined ? config : { ...config, region }
    try {
      // Without `startFromHead` the newest events are answered (API reference, GetLogEvents).
      const { events = [] } = await new CloudWatchLogsClient(inRegion).send(
        new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit }),
        { abortSignal }
      )
      return events.flatMap(({ message }) => message ?? [])
    } catch (error) {
      if (errorName(error) === 'ResourceNotFoundException') return []
      throw error
    }
  })
}
