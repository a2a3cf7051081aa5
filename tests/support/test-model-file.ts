import path from 'node:path'
import type { Plugin } from 'vite'

/** Finds `@xstate/test`, whose package names a file for browsers that is not in it. */
export function testModelFile(): Plugin {
  const file = path.resolve('node_modules/@xstate/test/dist/xstate-test.esm.js')
  return {
    name: 'test-model-file',
    enforce: 'pre',
    resolveId: (id) => (id === '@xstate/test' ? file : undefined),
  }
}
