/**
 * V8 flags for a process or a page that opens PGlite and lives for seconds: to optimize the
 * database's WebAssembly would take more time than it saves.
 */
export const v8Flags = ['--liftoff-only']
