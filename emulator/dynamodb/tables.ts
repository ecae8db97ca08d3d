import { Agent, request as httpRequest } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import dynalite from 'dynalite'
import type { HttpAnswer, HttpRequest } from '../http/protocol.ts'

/** DynamoDB of one account: dynalite, in memory, on a loopback port of its own. */
export interface Tables {
  /** Hands a request on as it is and its answer back byte for byte. The first one starts the server. */
  forward(request: HttpRequest): Promise<HttpAnswer>
  /** Ends the server and forgets every table; later requests are refused. */
  close(): Promise<void>
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

interface Running {
  readonly server: Server
  readonly port: number
  readonly agent: Agent
}

/** Nothing runs until the first request: most worlds have no table. */
export function createTables(options: TablesOptions): Tables {
  let running: Promise<Running> | undefined
  let closed = false
  return {
    async forward(request) {
      if (closed) throw new Error('the emulator is closing')
      running ??= start(options)
      const answer = await send(await running, request)
      if (answer.status === 200 && String(request.headers['x-amz-target']).endsWith('.PutItem')) {
        const { TableName, Item } = JSON.parse(request.body.toString('utf8')) as Put
        options.onPut?.(TableName, Item)
      }
      return answer
    },
    async close() {
      closed = true
      if (running) await stop(await running)
    }
  }
}

async function start(options: TablesOptions): Promise<Running> {
  const server = inAccount(options, () =>
    dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 })
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port')
  return { server, port: address.port, agent: new Agent({ keepAlive: true }) }
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

async function send({ port, agent }: Running, request: HttpRequest): Promise<HttpAnswer> {
  const { method, path, body } = request
  const headers = { ...request.headers, 'content-length': String(body.length) }
  for (const name of HOP_BY_HOP) Reflect.deleteProperty(headers, name)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, agent, method, path, headers }, resolve)
      .once('error', reject)
      .end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(Buffer.from(chunk as Uint8Array))
  return {
    status: answer.statusCode ?? 500,
    headers: Object.fromEntries(
      Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined || OWN_TO_A_CONNECTION.has(name) ? [] : [[name, String(value)]]
      )
    ),
    body: Buffer.concat(chunks)
  }
}

const HOP_BY_HOP = ['connection', 'host', 'transfer-encoding', 'expect']
const OWN_TO_A_CONNECTION = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding'])

async function stop({ server, agent }: Running): Promise<void> {
  agent.destroy()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
