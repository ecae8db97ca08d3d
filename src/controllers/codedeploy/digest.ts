import { createHash } from 'node:crypto'

/** Hex SHA-256, as CodeDeploy takes it for inline AppSpec content. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
