const codes = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

/** Handles the error of a file that is not there; whatever else keeps a file from being read is thrown. */
export function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return
  throw error
}
