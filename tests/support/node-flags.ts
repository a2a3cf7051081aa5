/**
 * Flags for a Node process that opens PGlite and lives for seconds. V8 would spend longer on
 * optimizing the database's WebAssembly than the process saves by it.
 */
export const nodeFlags = ['--liftoff-only']
