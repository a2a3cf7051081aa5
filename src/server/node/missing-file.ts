import { errorCode } from '#shared/error-message.ts'

const codes = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

/**
 * Handles the error of a file that is not there; whatever else keeps a file from being read is
 * thrown.
 */
export function ignoreMissing(error: unknown): undefined {
  if (codes.includes(errorCode(error))) return
  throw error
}
