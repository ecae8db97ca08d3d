/** In place of an argument whose text is in a file of its own. */
export const IN_FILE = 'file://IN_FILE'

/** What the commands that put a gate into an account need from outside. */
export interface SetupPorts {
  /**
   * Runs the AWS CLI and returns what it prints. The argument IN_FILE stands for a file that holds
   * `text`, so that no secret stands among the arguments, which every process of the machine can read.
   * Errors: AwsCliError.
   */
  readonly aws: (args: readonly string[], text?: string) => Promise<string>
  /** Errors: those of the file system. */
  readonly readBytes: (path: string) => Promise<Buffer>
  /** Errors: those of the file system; the code ENOENT if there is no such file. */
  readonly readText: (path: string) => Promise<string>
  readonly writeText: (path: string, text: string) => Promise<void>
  /** Everything on standard input. */
  readonly input: () => Promise<string>
  /** The app that a bot token is of. Errors: SlackError. */
  readonly slackApp: (token: string) => Promise<SlackApp>
  /** Standard error: what is done, line by line. */
  readonly tell: (line: string) => void
}

/** Where a bot token belongs. */
export interface SlackApp {
  readonly team: string
  /** Undefined if Slack does not say it. */
  readonly app: string | undefined
}

/** The AWS CLI is missing, or says no. */
export class AwsCliError extends Error {
  override readonly name = 'AwsCliError'
  /** AWS's code, such as `ResourceExistsException`; undefined if it gave none. */
  readonly code: string | undefined

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    // "An error occurred (NoSuchBucket) when calling the GetObject operation: ..."
    this.code = /An error occurred \((\w+)\)/.exec(message)?.[1]
  }
}

/** Something stands in the way that the reader can clear; the message says what to do next. */
export class SetupError extends Error {
  override readonly name = 'SetupError'
}
