import { rmSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { runSeed, temporaryFolder } from './running-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A seeded data folder to copy, which is faster than a first start. */
    dataFolder: string
  }
}

/** Creates the data folder that every server of a run copies. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = temporaryFolder()
  await runSeed(folder, ['--media', '300'])
  project.provide('dataFolder', folder)
  return () => rmSync(folder, { recursive: true })
}
