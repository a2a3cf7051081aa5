import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './commands.mjs'

/** Runs a TypeScript file of this repository in this process. Packages must be installed by now. */
export async function runTypeScript(file) {
  const { register } = await import('tsx/esm/api')
  register()
  await import(pathToFileURL(path.join(root, file)).href)
}
