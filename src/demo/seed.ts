import { v7 as uuidv7 } from 'uuid'
import type { Database } from '#server/db/database.ts'
import { resetDemo, seedDemo } from '#server/db/seed/demo.ts'
import { defaultWorkspace } from '#server/workspace.ts'
import demoFiles from '../../demo/media.json'

/** Fills an empty database with the demo's course. */
export const fill = (database: Database) => seedDemo(database, createContext(), demoFiles)

/** Empties the database and fills it again. */
export const refill = (database: Database) => resetDemo(database, createContext(), demoFiles)

const createContext = () => ({
  workspaceId: defaultWorkspace,
  newId: () => uuidv7(),
  now: new Date(),
})
