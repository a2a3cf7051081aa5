import { and, asc, eq, gt, max, min } from 'drizzle-orm'
import type { Change } from '#contract/changes.ts'
import type { Database } from '../../db/database.ts'
import { changeLog } from '../../db/schema.ts'

const changesPerPage = 100

/** The numbers of the oldest and newest change in the log; 0 if it is empty. */
type LogRange = { oldest: number; newest: number }

export const eventsRepository = (database: Database) => ({
  async findRange(): Promise<LogRange> {
    const [range] = await database
      .select({ oldest: min(changeLog.sequence), newest: max(changeLog.sequence) })
      .from(changeLog)
    return { oldest: range?.oldest ?? 0, newest: range?.newest ?? 0 }
  },

  /** Lists a page of the changes after a number, in order. */
  async listAfter(workspaceId: string, sequence: number): Promise<Change[]> {
    const rows = await database
      .select()
      .from(changeLog)
      .where(and(eq(changeLog.workspaceId, workspaceId), gt(changeLog.sequence, sequence)))
      .orderBy(asc(changeLog.sequence))
      .limit(changesPerPage)
    return rows.map(toChange)
  },
})

const toChange = (row: typeof changeLog.$inferSelect) =>
  ({
    sequence: row.sequence,
    entity: row.entity,
    id: row.entityId,
    courseId: row.courseId,
    kind: row.kind,
    version: row.version,
    row: row.row,
    page: row.changedBy,
    changedAt: row.changedAt.toISOString(),
  }) as Change // The row fits the entity, which the column's type can't express.
