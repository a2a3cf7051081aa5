import path from 'node:path'
import type { Plugin } from 'vite'

/** Resolves `@xstate/test`, whose package.json points browsers to a file that does not exist. */
export function resolveXStateTest(): Plugin {
  const file = path.resolve('node_modules/@xstate/test/dist/xstate-test.esm.js')
  return {
    name: 'test-model-file',
    enforce: 'pre',
    resolveId: (id) => (id === '@xstate/test' ? file : undefined),
  }
}
