import type { Log } from '../platform.ts'

/** JSON lines, which CloudWatch Logs can search by field. */
export const logLines: Log = (level, message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`)
}
