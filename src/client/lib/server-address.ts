const base = import.meta.env.BASE_URL.replace(/\/$/, '')

/** Where a path of the server is: below the path that the page was built for. */
export const serverUrl = (path: string): string => base + path
