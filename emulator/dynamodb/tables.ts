import type { Server } from 'node:http'
import { inject } from 'light-my-request'
import type { HttpAnswer, HttpRequest } from '../http/protocol.ts'

/** DynamoDB of one account: dynalite, in memory. Nothing of it listens: requests are handed to it in this process. */
export interface Tables {
  /** Hands a request on as it is and its answer back byte for byte. */
  forward(request: HttpRequest): Promise<HttpAnswer>
  /** Forgets every table; later requests are refused. */
  close(): void
}

export interface TablesOptions {
  readonly account: string
  readonly region: string
  /** Told of every PutItem that was accepted, with the item in DynamoDB's own form. */
  readonly onPut?: (table: string, item: Readonly<Record<string, unknown>>) => void
}

/** Of a request that DynamoDB has accepted. */
interface Put {
  readonly TableName: string
  readonly Item: Readonly<Record<string, unknown>>
}

/** Dynalite is loaded and started by the first request, since most worlds have no table. */
export function createTables(options: TablesOptions): Tables {
  let server: Promise<Server> | undefined
  let closed = false
  return {
    async forward(request) {
      if (closed) throw new Error('the emulator is closing')
      server ??= startDynalite(options)
      const answer = await send(await server, request)
      if (answer.status === 200 && String(request.headers['x-amz-target']).endsWith('.PutItem')) {
        const { TableName, Item } = JSON.parse(request.body.toString('utf8')) as Put
        options.onPut?.(TableName, Item)
      }
      return answer
    },
    close() {
      closed = true
      server = undefined
    }
  }
}

async function startDynalite(options: TablesOptions): Promise<Server> {
  const { default: dynalite } = await import('dynalite')
  return inAccount(options, () =>
    dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 })
  )
}

/** Dynalite reads its account and region, which are in table ARNs, from the environment when it is made. */
function inAccount<T>({ account, region }: TablesOptions, make: () => T): T {
  const { AWS_ACCOUNT_ID, AWS_REGION } = process.env
  Object.assign(process.env, { AWS_ACCOUNT_ID: account, AWS_REGION: region })
  try {
    return make()
  } finally {
    restore('AWS_ACCOUNT_ID', AWS_ACCOUNT_ID)
    restore('AWS_REGION', AWS_REGION)
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name)
  else process.env[name] = value
}

async function send(
  server: Server,
  { method, path, headers, body }: HttpRequest
): Promise<HttpAnswer> {
  const answer = await inject(
    (request, response) => void server.emit('request', request, response),
    {
      method: method as 'POST',
      url: path,
      headers,
      payload: body
    }
  )
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined || OWN_TO_A_CONNECTION.has(name) ? [] : [[name, String(value)]]
      )
    ),
    body: answer.rawPayload
  }
}

const OWN_TO_A_CONNECTION = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding'])
