import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Returns an id that is not taken: `d-` and nine upper-case alphanumerics. */
export function newDeploymentId(isTaken: (id: string) => boolean): string {
  for (;;) {
    let id = 'd-'
    for (let i = 0; i < 9; i++) id += ALPHANUMERICS.charAt(randomInt(ALPHANUMERICS.length))
    if (!isTaken(id)) return id
  }
}

export function isDeploymentId(id: string): boolean {
  return /^d-[A-Z0-9]{9}$/.test(id)
}

/** Opaque to its receiver; base64 of the JSON that AWS's own ids decode to, 288 characters like a published one. */
export function newHookExecutionId(): string {
  const token = {
    encryptedData: randomBytes(102).toString('base64'),
    ivParameterSpec: randomBytes(12).toString('base64'),
    materialSetSerial: 1
  }
  return Buffer.from(JSON.stringify(token)).toString('base64')
}

export function newObjectId(): string {
  return randomUUID()
}
