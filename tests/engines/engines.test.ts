import { defineInEveryEngine } from './engine-test.ts'
import { testEditorPaths } from './suites/editor-paths.ts'
import { testLinking } from './suites/linking.ts'
import { testLoadingCode } from './suites/loading-code.ts'
import { testOpenEditors } from './suites/open-editors.ts'

defineInEveryEngine((test, network) => {
  testLinking(test)
  testOpenEditors(test)
  // These paths bring their own refusals and cuts, and rely on a network without others.
  if (network !== 'fast') return
  testEditorPaths(test)
  testLoadingCode(test)
})
