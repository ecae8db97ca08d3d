// Bundles the readers of formats of the version that is being made, for later versions to be tried with:
//   node scripts/release/freeze-readers.ts FILE
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { builtinModules } from '../builtin-modules.ts'

const [file = ''] = process.argv.slice(2)

await build({
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  input: '__tests__/formats/read.ts',
  platform: 'node',
  tsconfig: false,
  plugins: [builtinModules],
  output: { file, format: 'es', comments: false, minify: true, codeSplitting: false }
})
