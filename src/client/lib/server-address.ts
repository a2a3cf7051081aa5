const base = import.meta.env.BASE_URL.replace(/\/$/, '')

/** Where a path of the server is: below the path that the page was built for. */
export const serverAddress = (path: string): string => base + path
