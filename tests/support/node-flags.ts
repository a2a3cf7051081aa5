/**
 * Flags for a Node process that opens PGlite and lives for seconds. V8 would spend more time on
 * optimizing the database's WebAssembly than that saves.
 */
export const nodeFlags = ['--liftoff-only']
