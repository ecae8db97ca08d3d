import { isBuiltin } from 'node:module'
import type { Plugin } from 'rolldown'

const PREFIX = '\0builtin-'

/**
 * Takes Node's own modules from `process.getBuiltinModule` instead of by `import`. When Node imports
 * one of them, it reads every export, and an export that Node would only load when it is asked for is
 * loaded: `WebSocket` of `node:http` brings undici, which costs a function 15 ms of its start-up.
 */
export const builtinModules: Plugin = {
  name: 'builtin-modules',
  resolveId(source, _importer, { kind }) {
    // The code by which the bundler itself loads modules has to come before everything else.
    if (!isBuiltin(source) || source === 'node:module') return undefined
    const name = source.replace(/^node:/, '')
    // Of what is imported at once, only the exports that are used remain.
    if (kind === 'import-statement') return { id: `${PREFIX}es:${name}`, moduleSideEffects: false }
    // What is imported later may be asked for any export; the bundler makes getters of CommonJS ones.
    return kind === 'dynamic-import' ? { id: `${PREFIX}cjs:${name}` } : undefined
  },
  load(id) {
    if (!id.startsWith(PREFIX)) return undefined
    const [form, name = ''] = id.slice(PREFIX.length).split(':')
    const whole = `process.getBuiltinModule('node:${name}')`
    return form === 'cjs' ? `module.exports = ${whole}` : esModule(name, whole)
  }
}

function esModule(name: string, whole: string): string {
  const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
    (each) => each !== 'default'
  )
  return [
    `const whole = /* @__PURE__ */ ${whole}`,
    'const member = (name) => whole[name]',
    'export default whole',
    ...names.map((each, index) => `const m${index} = /* @__PURE__ */ member('${each}')`),
    `export { ${names.map((each, index) => `m${index} as ${each}`).join(', ')} }`
  ].join('\n')
}
