// Jest's transform of TypeScript. Node itself erases the types and leaves every other character in its
// place, so a stack trace names the line of the source. `npm test` checks the types apart from this.
import { stripTypeScriptTypes } from 'node:module'

export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) })
}
