/** Someone else's AWS client, seen as one function. */
export interface Client {
  call(request: Request): Promise<Answer>
  close(): void
}

export interface Request {
  /** As IAM calls it: `codedeploy`, `elasticloadbalancing`. */
  readonly service: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What the client made of the answer: the members it knows, or the code of a refusal. */
export type Answer = { readonly output: Record<string, unknown> } | { readonly refused: string }

/** Nothing of the machine's own AWS configuration, and no other place to look for credentials. */
export function isolated(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return {
    ...environment,
    PATH,
    HOME,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    PYTHONDONTWRITEBYTECODE: '1',
    NO_PROXY: '127.0.0.1'
  }
}

/** A JSON object as it came from a client's process. */
export function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) throw new TypeError(`not an object: ${text}`)
  return { ...value }
}
