declare module 'virtual:demo-database' {
  /** The URL of the demo's initial database; see `scripts/demo-database.ts`. */
  export const databaseAddress: string
}
