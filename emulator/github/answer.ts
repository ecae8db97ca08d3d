export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** One entry of a refusal's `errors`. */
export interface Complaint {
  readonly resource: string
  readonly field: string
  readonly code: string
  readonly [more: string]: unknown
}

/** A refusal as GitHub words it; its status is in the body too, as a text. */
export function refuse(status: number, message: string, errors?: readonly Complaint[]): Answer {
  return { status, body: { message, ...(errors && { errors }), status: String(status) } }
}

export const NOT_FOUND = refuse(404, 'Not Found')
export const BAD_CREDENTIALS = refuse(401, 'Bad credentials')
export const NOT_ACCESSIBLE = refuse(403, 'Resource not accessible by integration')

/** A body that is well formed and yet not acceptable. */
export function invalid(...errors: readonly Complaint[]): Answer {
  return refuse(422, 'Validation Failed', errors)
}
