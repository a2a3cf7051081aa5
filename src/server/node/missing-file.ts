import { errorCode } from '#shared/error-message.ts'

const codes = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

/** Ignores the error of a missing file; rethrows any other. */
export function ignoreMissing(error: unknown): undefined {
  if (codes.includes(errorCode(error))) return
  throw error
}
