import { randomUUID } from 'node:crypto'
import { setTimeout as realSleep } from 'node:timers/promises'
import type { Call, CallLog } from '../call-log.ts'
import { AwsError } from '../errors.ts'
import type { Fault, Faults } from '../faults.ts'
import { signedScope } from '../sts/credentials.ts'
import type { CredentialStore } from '../sts/credentials.ts'
import { refuseUnused } from '../operation.ts'
import type { Throttle } from '../throttle.ts'
import type { Caller, Operation, World } from '../world.ts'
import { parseJson } from './json.ts'
import type { OperationModel } from './model.ts'
import type { Decoded, HttpAnswer, HttpRequest, Protocol, WireError } from './protocol.ts'
import { CommonRefusal } from './refusal.ts'
import type { Forward, Service } from './services.ts'
import { unknownService } from './unknown-service.ts'

export interface GatewayParts {
  readonly world: World
  readonly services: readonly Service[]
  readonly credentials: CredentialStore
  readonly faults: Faults
  readonly throttle: Throttle
  readonly calls: CallLog
  /** Operations that need no signature, as `sts:AssumeRoleWithWebIdentity`. */
  readonly unsigned: ReadonlySet<string>
  /** Told of what went wrong inside the emulator itself. */
  readonly onInternalError: (error: unknown) => void
}

/** What the server does with the connection. */
export type Outcome = { readonly answer: HttpAnswer } | 'reset'

interface Route {
  readonly service: Service
  readonly protocol: Protocol
  /** As the request names it, known or not. */
  readonly name: string
}

/** One AWS request from bytes to bytes: who asks, may they, what goes wrong, what is the answer. */
export class Gateway {
  readonly #parts: GatewayParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
  }

  async handle(request: HttpRequest): Promise<Outcome> {
    const route = this.#route(request)
    if (!route) return { answer: unknownService(request, randomUUID()) }
    const { world, calls, faults } = this.#parts
    const operation = `${route.service.id}:${route.name}`
    const accessKeyId = signedScope(request.headers)?.accessKeyId
    const call = calls.open({ at: world.clock.now(), operation, accessKeyId })
    const hits = faults.hit(operation, accessKeyId)
    const requestId = randomUUID()

    if (hits.some(({ kind }) => kind === 'reset')) {
      call.outcome = 'connection reset'
      return 'reset'
    }
    if (hits.some((fault) => fault.kind === 'server-error' && fault.html === true)) {
      call.outcome = '503'
      return { answer: HTML_503 }
    }
    const answer = await this.#answer(route, request, call, hits, requestId)
    for (const fault of hits) if (fault.kind === 'slow') await this.#delay(fault)
    if (hits.some(({ kind }) => kind === 'lost-answer')) {
      call.outcome = 'answer lost'
      return 'reset'
    }
    return { answer }
  }

  async #answer(
    { service, protocol, name }: Route,
    request: HttpRequest,
    call: Call,
    hits: readonly Fault[],
    requestId: string
  ): Promise<HttpAnswer> {
    try {
      const model = service.model().operations.get(name)
      if (!model) {
        throw new CommonRefusal(
          'unknown-operation',
          `The action ${name} is not valid for this web service.`
        )
      }
      const caller = this.#authenticate(request, call.operation, service.id)
      for (const fault of hits) refuseBy(fault, call.operation, caller)
      if (!this.#parts.throttle.admit(call.operation))
        throw new CommonRefusal('throttled', 'Rate exceeded')
      if (service.forward) return await forwarded(service.forward, name, request, call)
      const decoded = protocol.decode(model, request)
      call.input = decoded.input
      refuseMissing(service, decoded)
      const output = await this.#run(service, model, decoded, caller)
      const answer = protocol.encode(model, output, requestId)
      call.outcome = 'OK'
      return answer
    } catch (error) {
      const wire = this.#wireError(error, service, protocol)
      call.outcome = wire.code
      return protocol.encodeError(wire, requestId, request)
    }
  }

  #authenticate(request: HttpRequest, operation: string, service: string): Caller {
    if (this.#parts.unsigned.has(operation)) return ANONYMOUS
    return this.#parts.credentials.authenticate(request.headers, service)
  }

  async #run(
    service: Service,
    { name }: OperationModel,
    { input }: Decoded,
    caller: Caller
  ): Promise<unknown> {
    const operation = Object.hasOwn(service.operations, name)
      ? (service.operations[name] as ValidatedOperation | undefined)
      : undefined
    if (!operation) throw missingOperation(`${service.id}:${name}`)
    return operation(input, this.#parts.world, caller)
  }

  #wireError(error: unknown, service: Service, protocol: Protocol): WireError {
    if (error instanceof AwsError) {
      const modelled = service.model().errors.get(error.code)
      const httpStatus = modelled?.httpStatus ?? error.httpStatus
      return { code: error.code, message: error.message, httpStatus }
    }
    if (!(error instanceof CommonRefusal)) this.#parts.onInternalError(error)
    const reason = error instanceof CommonRefusal ? error.reason : 'internal'
    const [code, httpStatus] = protocol.refusals[reason]
    return { code, message: error instanceof Error ? error.message : String(error), httpStatus }
  }

  #route(request: HttpRequest): Route | undefined {
    for (const service of this.#parts.services) {
      for (const protocol of service.protocols) {
        const name = protocol.operation(request, service.model)
        if (name !== undefined) return { service, protocol, name }
      }
    }
    return undefined
  }

  async #delay(fault: Extract<Fault, { kind: 'slow' }>): Promise<void> {
    const { clock, closing } = this.#parts.world
    const asked =
      fault.clock === 'emulated'
        ? clock.sleep(fault.ms, closing)
        : realSleep(fault.ms, undefined, { signal: closing })
    await asked.catch(() => undefined)
  }
}

/** The schema has just vouched for the input: the one place where it meets the operation's own type. */
type ValidatedOperation = (
  input: Readonly<Record<string, unknown>>,
  ...rest: Parameters<Operation> extends [unknown, ...infer Rest] ? Rest : never
) => unknown

const ANONYMOUS: Caller = { accessKeyId: '', arn: '' }

const HTML_503: HttpAnswer = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>'
}

function missingOperation(operation: string): CommonRefusal {
  return new CommonRefusal('not-emulated', `The emulator does not have ${operation}.`)
}

/** Credentials, faults, limits and what is not emulated are ours; everything else is the word of the one behind. */
async function forwarded(
  { uses, send }: Forward,
  name: string,
  request: HttpRequest,
  call: Call
): Promise<HttpAnswer> {
  const input = members(parseJson(request.body))
  call.input = input
  if (!Object.hasOwn(uses, name)) throw missingOperation(call.operation)
  refuseUnused(call.operation, uses[name] ?? {}, input)
  const answer = await send(request)
  call.outcome = answer.status === 200 ? 'OK' : codeIn(answer)
  return answer
}

/** `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException` is known by what follows the #. */
function codeIn({ status, body }: HttpAnswer): string {
  const { __type: type } = members(parseJson(Buffer.from(body)))
  return typeof type === 'string' ? type.slice(type.indexOf('#') + 1) : String(status)
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function refuseBy(fault: Fault, operation: string, caller: Caller): void {
  switch (fault.kind) {
    case 'throttling':
      throw new CommonRefusal('throttled', 'Rate exceeded')
    case 'server-error':
      throw new CommonRefusal('internal', 'We encountered an internal error. Please try again.')
    case 'expired-credentials':
      throw new CommonRefusal(
        'expired-credentials',
        'The security token included in the request is expired'
      )
    case 'denied':
      throw new CommonRefusal(
        'access-denied',
        `User: ${caller.arn} is not authorized to perform: ${operation} on resource: ${fault.resource ?? '*'} because no identity-based policy allows the ${operation} action`
      )
    case 'error':
      throw new AwsError(fault.code, fault.message, fault.httpStatus)
    case 'reset':
    case 'lost-answer':
    case 'slow':
      return
  }
}

function refuseMissing(service: Service, { missing }: Decoded): void {
  const [first] = missing
  if (first === undefined) return
  const problems = missing.map(
    (path) => `Value null at '${path}' failed to satisfy constraint: Member must not be null`
  )
  const plural = problems.length === 1 ? 'error' : 'errors'
  const message = `${problems.length} validation ${plural} detected: ${problems.join('; ')}`
  const code = service.missingMemberCode?.(first)
  if (code) throw new AwsError(code, message)
  throw new CommonRefusal('invalid', message)
}
