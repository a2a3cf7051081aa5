import type { RouterRoute } from 'hono/types'

/** Tells which methods an address takes, or `undefined` where there is nothing. */
export function knownRoutes(routes: readonly RouterRoute[]) {
  const methodsByPath = new Map<string, Set<string>>()
  for (const { path, method } of routes) {
    if (method === 'ALL') continue
    const methods = methodsByPath.get(path) ?? new Set()
    methodsByPath.set(path, methods.add(method))
    if (method === 'GET') methods.add('HEAD')
  }
  const known = [...methodsByPath].map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`),
    methods,
  }))
  return (path: string): Set<string> | undefined => {
    const fitting = known.filter(({ pattern }) => pattern.test(path))
    if (fitting.length === 0) return undefined
    return new Set(fitting.flatMap(({ methods }) => [...methods]))
  }
}
