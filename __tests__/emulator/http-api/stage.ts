import { request } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { HttpApi, HttpApiOptions } from '../../../emulator/http-api/server.ts'
import type { EmptyAccount } from '../empty-account.ts'

/** An HTTP API whose one route goes to a function that keeps its events. */
export interface ApiStage extends HttpApi {
  readonly events: () => APIGatewayProxyEventV2[]
}

/** Opens an API in front of `handler`, or of a function that answers with nothing. */
export async function openApi(
  { emulator }: EmptyAccount,
  handler: (event: unknown) => unknown = () => ({ statusCode: 204 }),
  options: Partial<HttpApiOptions> = {}
): Promise<ApiStage> {
  const stored = emulator.world.lambda.create('callback', { kind: 'inline', handler })
  const api = await emulator.openHttpApi({
    routes: { 'POST /slack/interactions': 'callback' },
    ...options
  })
  return {
    ...api,
    events: () => stored.invocations.map(({ payload }) => payload as APIGatewayProxyEventV2)
  }
}

export interface RawAnswer {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: Buffer
}

/** Sends headers as they are given, several of one name included, which fetch does not. */
export async function send(
  url: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: string | Buffer = ''
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST' }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(chunks)
        })
      )
    })
    sending.on('error', reject)
    const names = new Set(headers.map(([name]) => name))
    for (const name of names) {
      sending.setHeader(
        name,
        headers.filter(([other]) => other === name).map(([, value]) => value)
      )
    }
    sending.end(body)
  })
}
