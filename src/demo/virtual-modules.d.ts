declare module 'virtual:demo-database' {
  /** The address of the demo's first database; see `scripts/demo-database.ts`. */
  export const databaseAddress: string
}
