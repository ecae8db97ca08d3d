import { VERSION } from '../../release/version.ts'
import type { Log } from '../platform.ts'

/** JSON lines, which CloudWatch Logs can search by field. Each names the functions' version. */
export const logLines: Log = (level, message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ level, message, version: VERSION, ...fields })}\n`)
}
