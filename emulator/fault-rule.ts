import type { Fault, FaultRule } from './faults.ts'

/** A fault rule that came from another process; throws TypeError naming what is wrong. */
export function parseFaultRule(value: Readonly<Record<string, unknown>>): FaultRule {
  const { operation, fault } = value
  if (typeof operation !== 'string' || operation === '') {
    throw new TypeError('operation must be a pattern such as ecs:* or codedeploy:GetDeployment')
  }
  const from = optionalNumber(value, 'from')
  const to = optionalNumber(value, 'to')
  const since = optionalNumber(value, 'since')
  const accessKeyId = optionalString(value, 'accessKeyId')
  return {
    operation,
    fault: parseFault(fault),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(since !== undefined && { since }),
    ...(accessKeyId !== undefined && { accessKeyId })
  }
}

function parseFault(value: unknown): Fault {
  const fault: Record<string, unknown> = typeof value === 'object' ? { ...value } : {}
  const { kind } = fault
  switch (kind) {
    case 'throttling':
    case 'reset':
    case 'lost-answer':
    case 'expired-credentials':
      return { kind }
    case 'server-error':
      return { kind, html: fault['html'] === true }
    case 'slow': {
      const ms = optionalNumber(fault, 'ms')
      if (ms === undefined) throw new TypeError('a slow answer needs ms')
      return { kind, ms, clock: fault['clock'] === 'emulated' ? 'emulated' : 'real' }
    }
    case 'denied': {
      const resource = optionalString(fault, 'resource')
      return { kind, ...(resource !== undefined && { resource }) }
    }
    case 'error': {
      const code = optionalString(fault, 'code')
      if (code === undefined) throw new TypeError('an error needs its code')
      const httpStatus = optionalNumber(fault, 'httpStatus')
      const message = optionalString(fault, 'message') ?? code
      return { kind, code, message, ...(httpStatus !== undefined && { httpStatus }) }
    }
    default:
      throw new TypeError(
        'fault.kind must be throttling, server-error, reset, lost-answer, slow, expired-credentials, denied or error'
      )
  }
}

function optionalNumber(
  value: Readonly<Record<string, unknown>>,
  name: string
): number | undefined {
  const given = value[name]
  if (given === undefined || typeof given === 'number') return given
  throw new TypeError(`${name} must be a number`)
}

function optionalString(
  value: Readonly<Record<string, unknown>>,
  name: string
): string | undefined {
  const given = value[name]
  if (given === undefined || typeof given === 'string') return given
  throw new TypeError(`${name} must be a string`)
}
