import { inEveryEngine } from './engine-test.ts'
import { testEditorPaths } from './suites/editor-paths.ts'
import { testLinking } from './suites/linking.ts'
import { testOpenEditors } from './suites/open-editors.ts'

inEveryEngine((test, network) => {
  testLinking(test)
  testOpenEditors(test)
  // In the faulty network nobody knows beforehand what becomes of a link; these paths bring their own refusals and cuts.
  if (network === 'fast') testEditorPaths(test)
})
