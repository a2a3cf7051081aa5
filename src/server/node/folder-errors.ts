import { statfsSync } from 'node:fs'
import { errorCode, errorMessage } from '#shared/error-message.ts'
import type { Holder } from './lock-file.ts'
import { StartError } from './start-error.ts'

const otherFolder = 'LECTERN_DATA=/another/folder'
const minFreeSpace = 8 * 1024 * 1024

const explanations: [codes: RegExp, explain: (folder: string, code: string) => string][] = [
  [/^(ENOSPC|EDQUOT)$/, explainFullDisk],
  [
    /^(EACCES|EPERM|EROFS)$/,
    (folder, code) =>
      `This user can’t write to the data folder ${folder} (${code}). Change its owner or permissions, or choose another: ${otherFolder}.`,
  ],
  [
    /^(EEXIST|ENOTDIR)$/,
    (folder) =>
      `${folder} can’t be a folder, because a file is in its way. Choose another: ${otherFolder}.`,
  ],
  [
    /^E[A-Z]+$/,
    (folder, code) =>
      `The data folder ${folder} can’t be used (${code}). Choose another: ${otherFolder}.`,
  ],
]

/** Turns a system error in a data folder into one for the person at the terminal. */
export function explainFolderError(error: unknown, folder: string): unknown {
  const code = errorCode(error)
  const [, explain] = explanations.find(([codes]) => codes.test(code)) ?? []
  return explain ? new StartError(explain(folder, code)) : error
}

/**
 * The error for an embedded database that does not open. PGlite's own error is about its internals,
 * such as “Aborted()”: it is the cause, and not for the person at the terminal.
 */
export function createOpenError(folder: string, cause: unknown): StartError {
  if (isFull(folder)) return new StartError(explainFullDisk(folder), 1, { cause })
  return createDamageError(folder, 'its files can’t be read', { cause })
}

/**
 * The error for an existing database whose migration fails. The database's own error says which
 * table or value is in the way; the cause, with the statement, is for the log.
 */
export function createMigrationError(folder: string, cause: unknown): StartError {
  if (isFull(folder)) return new StartError(explainFullDisk(folder), 1, { cause })
  const reason = errorMessage(cause instanceof Error && cause.cause ? cause.cause : cause)
  return new StartError(
    `The database in ${folder} can’t be migrated to this version of Lectern: ${reason}. Start the version that last used it, restore the folder from a backup, or start with another: ${otherFolder}. LECTERN_LOG=debug logs the details.`,
    1,
    { cause },
  )
}

export const createDamageError = (folder: string, reason: string, options?: ErrorOptions) =>
  new StartError(
    `The database in ${folder} is damaged: ${reason}. Restore the folder from a backup, or start with another: ${otherFolder}.`,
    1,
    options,
  )

export const createVersionError = (folder: string, found: string, supported: string) =>
  new StartError(
    `The database in ${folder} was created by Postgres ${found}, but this version of Lectern needs Postgres ${supported}. Start the version that created it, or choose another folder: ${otherFolder}.`,
  )

export function createLockError(folder: string, holder: Holder | undefined): StartError {
  const who = holder
    ? ` (process ${holder.pid} on ${holder.host}, since ${holder.since.slice(0, 16).replace('T', ' ')} UTC)`
    : ''
  return new StartError(
    `Another Lectern is using ${folder}${who}. Stop that one, or give this one its own folder: ${otherFolder}.`,
  )
}

function explainFullDisk(folder: string): string {
  return `The disk of the data folder ${folder} is full. Free some space, or choose another: ${otherFolder}.`
}

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < minFreeSpace
  } catch {
    return false
  }
}
