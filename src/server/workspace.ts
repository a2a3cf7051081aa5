/** The only workspace until there are accounts. */
export const defaultWorkspace = 'default'
