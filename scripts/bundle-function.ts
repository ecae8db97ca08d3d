import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { builtinModules } from './builtin-modules.ts'
import { licenseText, packageFolders } from './licenses.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = 'es2022'

/**
 * Bundles one entry of the gate with rolldown into a folder that needs nothing beside it. What the
 * entry needs at once is one chunk, since every file more costs at a cold start; what `import()` asks
 * for is a chunk of its own.
 * Throws if the bundler fails.
 */
export async function bundleFunction(entry: string, folder: string): Promise<void> {
  const { output } = await build({
    cwd: root,
    input: { index: entry },
    platform: 'node',
    tsconfig: false,
    // AWS's packages as ES modules: of their CommonJS form nothing can be left out.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'] },
    transform: { target },
    plugins: [builtinModules],
    output: {
      dir: folder,
      format: 'es',
      comments: false,
      minify: { compress: { target }, mangle: { toplevel: true } },
      entryFileNames: '[name].js',
      chunkFileNames: ({ name, facadeModuleId }) => `${packageOf(facadeModuleId) ?? name}.js`,
      codeSplitting: { groups: [{ name: 'initial', tags: ['$initial'] }] }
    }
  })
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  const names = modules.map((id) => ({ name: id.replace(root, '') }))
  writeFileSync(join(folder, 'licenses.txt'), licenseText(root, packageFolders(names)))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ type: 'module' }, null, 2)}\n`)
}

/** A chunk is named after the package it loads: `dist-es4` would say nothing in a stack trace. */
function packageOf(module: string | null | undefined): string | undefined {
  return /\/node_modules\/(?:@[^/]+\/)?([^/]+)\/dist[^/]*\/index\.js$/.exec(module ?? '')?.[1]
}
