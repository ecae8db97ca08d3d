import type { Answer } from './answer.ts'
import { invalid, refuse } from './answer.ts'

export type Sent = Readonly<Record<string, unknown>>

/** What a member of a body may be. */
type Kind = 'string' | 'boolean' | 'texts' | 'text or null' | 'payload'
type Schema = Readonly<Record<string, Kind>>

const DEPLOYMENT: Schema = {
  ref: 'string',
  task: 'string',
  auto_merge: 'boolean',
  required_contexts: 'texts',
  payload: 'payload',
  environment: 'string',
  description: 'text or null',
  transient_environment: 'boolean',
  production_environment: 'boolean'
}

const STATUS: Schema = {
  state: 'string',
  target_url: 'string',
  log_url: 'string',
  description: 'text or null',
  environment: 'string',
  environment_url: 'string',
  auto_inactive: 'boolean'
}

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']
/** GitHub REST API, "Create a deployment status". */
const LONGEST_DESCRIPTION = 140

/** Why a body creates no deployment, whatever the repository holds. */
export function refuseDeployment(sent: Sent): Answer | undefined {
  return refuseForm(sent, DEPLOYMENT, 'ref') ?? refuseLength(sent, 'Deployment')
}

export function refuseStatus(sent: Sent): Answer | undefined {
  const form = refuseForm(sent, STATUS, 'state') ?? refuseLength(sent, 'DeploymentStatus')
  if (form) return form
  const resource = 'DeploymentStatus'
  if (!STATES.includes(textOf(sent, 'state', ''))) {
    return invalid({ resource, field: 'state', code: 'invalid' })
  }
  for (const field of ['target_url', 'log_url', 'environment_url']) {
    const url = textOf(sent, field, '')
    if (url !== '' && !/^https?:\/\/[^\s/]/.test(url)) {
      return invalid({
        resource,
        field,
        code: 'invalid',
        message: `${field} must use http(s) scheme`
      })
    }
  }
  return undefined
}

function refuseForm(sent: Sent, schema: Schema, required: string): Answer | undefined {
  if (sent[required] === undefined) {
    return refuse(422, `Invalid request.\n\n"${required}" wasn't supplied.`)
  }
  for (const [name, kind] of Object.entries(schema)) {
    const value = sent[name]
    if (value !== undefined && !isOfKind(value, kind)) {
      const found = JSON.stringify(value)
      return refuse(422, `Invalid request.\n\nFor 'properties/${name}', ${found} is not a ${kind}.`)
    }
  }
  return undefined
}

function refuseLength(sent: Sent, resource: string): Answer | undefined {
  if (textOf(sent, 'description', '').length <= LONGEST_DESCRIPTION) return undefined
  const message = `description is too long (maximum is ${LONGEST_DESCRIPTION} characters)`
  return invalid({ resource, field: 'description', code: 'custom', message })
}

function isOfKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'texts':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
    case 'text or null':
      return value === null || typeof value === 'string'
    case 'payload':
      return typeof value === 'string' || (typeof value === 'object' && value !== null)
    default:
      return typeof value === kind
  }
}

export function textOf(sent: Sent, name: string, otherwise: string): string {
  const value = sent[name]
  return typeof value === 'string' ? value : otherwise
}

export function truthOf(sent: Sent, name: string, otherwise: boolean): boolean {
  const value = sent[name]
  return typeof value === 'boolean' ? value : otherwise
}

/** Undefined where the member is not a list of texts. */
export function textsOf(sent: Sent, name: string): readonly string[] | undefined {
  const value = sent[name]
  if (!Array.isArray(value)) return undefined
  return value.filter((each): each is string => typeof each === 'string')
}
