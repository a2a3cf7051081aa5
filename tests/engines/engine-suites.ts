import type { EngineName } from './drivers/engine.ts'
import { defineInEngine } from './engine-test.ts'
import { testEditorPaths } from './suites/editor-paths.ts'
import { testLinking } from './suites/linking.ts'
import { testListRenaming } from './suites/list-renaming.ts'
import { testLoadingCode } from './suites/loading-code.ts'
import { testMoving } from './suites/moving.ts'
import { testOpenEditors } from './suites/open-editors.ts'
import { testReloading } from './suites/reloading.ts'
import { testSelecting } from './suites/selecting.ts'
import { testUploading } from './suites/uploading.ts'

/** Defines all suites for an engine. Each engine has its own test file. */
export function testEngine(name: EngineName) {
  defineInEngine(name, (test, network) => {
    testLinking(test)
    testOpenEditors(test)
    // These suites cause their own refusals and cuts, and need a network without others.
    if (network !== 'fast') return
    testEditorPaths(test)
    testLoadingCode(test)
    testSelecting(test)
    testMoving(test)
    testListRenaming(test)
    testUploading(test)
    testReloading(test)
  })
}
