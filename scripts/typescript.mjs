import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './commands.mjs'

/** Runs a TypeScript file of this repository in this process. Packages must be installed by now. */
export async function runTypeScript(file) {
  await importTypeScript(file)
}

/** What a TypeScript file of this repository exports. Packages must be installed by now. */
export async function importTypeScript(file) {
  const { register } = await import('tsx/esm/api')
  register()
  return import(pathToFileURL(path.join(root, file)).href)
}
