import { createServer, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import type {
  BlockSchema,
  NestedSchema,
  ResourceSchema
} from '../../../scripts/terraform-schema.ts'
import { SCHEMA } from './module.ts'

export interface Provider {
  /** For Terraform's environment, so that it takes this provider for hashicorp/aws and installs none. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/**
 * As much of a provider as `terraform validate` asks for: it says the committed schema, over the
 * plugin protocol (docs/plugin-protocol/tfplugin5.4.proto in hashicorp/terraform), and finds
 * nothing wrong with any value. Terraform itself then checks names, types and references.
 */
export async function startProvider(): Promise<Provider> {
  const schemas = schemaResponse()
  const answers: Readonly<Record<string, (request: Buffer) => Buffer>> = {
    GetSchema: () => schemas,
    // The first member of request and answer is the configuration.
    PrepareProviderConfig: (request) => request,
    ValidateResourceTypeConfig: () => Buffer.alloc(0),
    ValidateDataSourceConfig: () => Buffer.alloc(0),
    Stop: () => Buffer.alloc(0)
  }
  const server = createServer()
  server.on('stream', (stream, { ':path': path = '' }) => {
    // A Terraform that ends closes connections with calls under way.
    stream.on('error', () => undefined)
    const received: Buffer[] = []
    stream.on('data', (part: Buffer) => received.push(part))
    stream.on('end', () => {
      const name = path.replace('/tfplugin5.Provider/', '')
      // Five bytes before the message: whether it is compressed, and how long it is.
      answer(stream, answers[name]?.(Buffer.concat(received).subarray(5)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const reattach = {
    [SCHEMA.provider.source]: {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp', String: `127.0.0.1:${port}` }
    }
  }
  return {
    environment: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    close: () => new Promise<void>((resolve) => server.close(() => resolve()))
  }
}

const UNIMPLEMENTED = '12'

function answer(stream: ServerHttp2Stream, message: Buffer | undefined): void {
  // Terraform has gone meanwhile.
  if (stream.destroyed) return
  const headers = { ':status': 200, 'content-type': 'application/grpc' }
  if (message === undefined) {
    stream.respond({ ...headers, 'grpc-status': UNIMPLEMENTED }, { endStream: true })
    return
  }
  stream.respond(headers, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  const length = Buffer.alloc(5)
  length.writeUInt32BE(message.length, 1)
  stream.end(Buffer.concat([length, message]))
}

// GetProviderSchema.Response and what it is made of, by the numbers of tfplugin5.4.proto ---

function schemaResponse(): Buffer {
  const empty: ResourceSchema = { attributes: {}, blocks: {}, computed: [] }
  return Buffer.concat([
    bytes(1, schemaMessage(empty)),
    ...Object.entries(SCHEMA.resources).map(([type, schema]) => bytes(2, entry(type, schema))),
    ...Object.entries(SCHEMA.data).map(([type, schema]) => bytes(3, entry(type, schema)))
  ])
}

function entry(type: string, schema: ResourceSchema): Buffer {
  return Buffer.concat([text(1, type), bytes(2, schemaMessage(schema))])
}

function schemaMessage(schema: ResourceSchema): Buffer {
  const computed = schema.computed.map((name) =>
    bytes(2, Buffer.concat([text(1, name), text(2, '"dynamic"'), number(6, 1)]))
  )
  return bytes(2, Buffer.concat([...membersOf(schema), ...computed]))
}

function membersOf({ attributes, blocks }: BlockSchema): Buffer[] {
  const named = Object.entries(attributes).map(([name, { type, required }]) =>
    bytes(2, Buffer.concat([text(1, name), text(2, ctyOf(type)), number(required ? 4 : 5, 1)]))
  )
  return [
    ...named,
    ...Object.entries(blocks).map(([name, nested]) => bytes(3, nestedMessage(name, nested)))
  ]
}

const SINGLE = 1
const LIST = 2

function nestedMessage(name: string, nested: NestedSchema): Buffer {
  const common = [text(1, name), bytes(2, Buffer.concat(membersOf(nested)))]
  // Every provider has the one block of time limits, which is an object and no list.
  if (name === 'timeouts') return Buffer.concat([...common, number(3, SINGLE)])
  return Buffer.concat([
    ...common,
    number(3, LIST),
    ...(nested.required ? [number(4, 1)] : []),
    ...(nested.single ? [number(5, 1)] : [])
  ])
}

/** A type as Terraform's core writes it: `"string"`, `["list","string"]`. */
function ctyOf(type: string): string {
  const [, collection, element = ''] = /^(list|set|map)\((.*)\)$/.exec(type) ?? []
  return collection === undefined ? JSON.stringify(type) : `["${collection}",${ctyOf(element)}]`
}

// Protocol buffers ---

function varint(value: number): Buffer {
  const parts: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) parts.push((rest % 128) + 128)
  return Buffer.from([...parts, rest])
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)])
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(value.length), value])
}

function text(field: number, value: string): Buffer {
  return bytes(field, Buffer.from(value))
}
