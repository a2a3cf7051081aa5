/** The one workspace there is until there are accounts. */
export const defaultWorkspace = 'default'
