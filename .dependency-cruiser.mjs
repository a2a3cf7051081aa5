import { builtinModules } from 'node:module'

const client = '^src/client/'
const ui = '^src/ui/'
const charts = '^src/charts/'
const server = '^src/server/'
const serverBase = `${server}(?:dependencies|workspace)\\.ts$`
const contract = '^src/contract/'
const shared = '^src/shared/'
const machines = '^machines/'

const anyOf = (...patterns) => patterns.map((pattern) => `(?:${pattern})`).join('|')

/** Forbids every import at `from`, except from the `allowed` paths and from packages. */
const allowOnly = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: {
    pathNot: anyOf(...allowed),
    dependencyTypesNot: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core'],
  },
})

const forbid = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
})

const layers = [
  allowOnly('ui', ui, [ui, shared], 'The design system is independent of the domain.'),
  allowOnly(
    'charts',
    charts,
    [charts, ui, shared, '^src/contract/zod\\.ts$'],
    'The viewer takes any machine and is independent of the domain and the page.',
  ),
  allowOnly(
    'client-lib',
    `${client}lib/`,
    [`${client}lib/`, contract, shared],
    'lib is below features and app.',
  ),
  allowOnly(
    'client-features',
    `${client}features/([^/]+)/`,
    [`${client}features/$1/`, `${client}lib/`, ui, charts, machines, contract, shared],
    'Features never import each other or the app; app/ composes them.',
  ),
  allowOnly(
    'client',
    client,
    [client, ui, charts, machines, contract, shared],
    'The page depends on the contract, never on the server.',
  ),
  allowOnly(
    'server-features',
    `${server}features/([^/]+)/`,
    [`${server}(?:features/$1|db|http)/`, serverBase, contract, shared],
    'A server feature depends on db, http, contract and shared, never on another feature.',
  ),
  allowOnly(
    'server-db',
    `${server}db/`,
    [`${server}db/`, contract, shared],
    'The database is independent of features.',
  ),
  allowOnly(
    'server-http',
    `${server}http/`,
    [`${server}http/`, serverBase, contract, shared],
    'Middleware and responses are independent of features.',
  ),
  allowOnly(
    'server-faults',
    `${server}faults/`,
    [`${server}faults/`, serverBase, contract, shared],
    'Faults wrap the dependencies of the app, which does not know them.',
  ),
  allowOnly(
    'server-node',
    `${server}node/`,
    [
      `${server}(?:node|db|http)/`,
      `${server}(?:paths|settings)\\.ts$`,
      serverBase,
      contract,
      shared,
    ],
    'The adapters for Node are below main, beside the app.',
  ),
  allowOnly('server', server, [server, contract, shared], 'The server never depends on the page.'),
  allowOnly(
    'demo',
    '^src/demo/',
    ['^src/'],
    'The demo combines page and server; neither depends on it.',
  ),
  allowOnly(
    'contract',
    contract,
    [contract, shared],
    'The contract is independent of both of its sides.',
  ),
  allowOnly(
    'machines',
    machines,
    [machines, contract],
    'A machine gets its effects by .provide().',
  ),
  forbid('shared', shared, { pathNot: shared }, 'shared/ is pure and imports nothing.'),
]

const details = [
  forbid(
    'server-layers',
    `${server}(?:features|db|http|faults|node)/`,
    `${server}(?:app|main|dev|seed|boot|warm-up)\\.ts$`,
    'main -> app -> features -> db.',
  ),
  forbid(
    'machines-only-xstate',
    machines,
    { pathNot: anyOf(machines, contract, '^node_modules/xstate/') },
    'A machine is pure XState.',
  ),
  forbid(
    'machines-only-types-of-contract',
    machines,
    { path: contract, dependencyTypesNot: ['type-only'] },
    'At run time a machine depends on XState alone.',
  ),
  forbid(
    'openapi-stays-on-the-server',
    anyOf(client, ui, charts),
    {
      path: `${contract}(?:[^/]+\\.routes|route|api)\\.ts$`,
      dependencyTypesNot: ['type-only'],
    },
    'The page loads only the plain Zod part of the contract.',
  ),
  forbid(
    'zod-by-schema-only',
    {
      path: anyOf(contract, charts, `${client}(?:app|features|lib)/`),
      pathNot: `${contract}zod\\.ts$`,
    },
    '^node_modules/zod/',
    'contract/zod.ts configures Zod for the content security policy.',
  ),
  forbid(
    'app-knows-no-node',
    `${server}(?:app\\.ts$|(?:features|http|faults)/)`,
    { path: `^(?:node:)?(?:${builtinModules.join('|')})$`, reachable: true },
    'The app runs in Node, in tests and in the browser; files, clock and logger are passed in.',
  ),
  forbid(
    'sql-only-in-repositories',
    {
      path: '^src/',
      pathNot: anyOf(`${server}db/`, '\\.repository\\.ts$', '^src/demo/pglite-in-browser\\.'),
    },
    { path: '^node_modules/(?:drizzle-orm|postgres|@electric-sql)/' },
    'SQL lives in *.repository.ts and db/.',
  ),
  forbid(
    'no-test-code',
    anyOf('^src/', machines),
    anyOf('^tests/', '^bench/', '^scripts/'),
    'Production code never depends on tests, benches or scripts.',
  ),
  forbid(
    'no-development-packages',
    { path: anyOf('^src/', machines), pathNot: anyOf('^src/server/dev\\.ts$', '^src/demo/') },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    'A package that runs in production is a dependency, not a devDependency.',
  ),
  forbid('no-unknown', {}, { couldNotResolve: true }, 'Every import must resolve.'),
  forbid('no-cycles', {}, { circular: true }, 'Files in a cycle have no order to read them in.'),
  {
    name: 'no-orphans',
    comment: 'A file without imports that nothing imports is dead code.',
    severity: 'error',
    from: { orphan: true, path: anyOf('^src/', machines), pathNot: '\\.d\\.ts$' },
    to: {},
  },
]

export default {
  forbidden: [...layers, ...details],
  options: {
    // bench/peers has packages of its own, which only the bench installs. Vite's plugins resolve
    // what is virtual.
    exclude: {
      path: '^(?:virtual:|(?:dist|[.]builds|[.]lectern|reports|coverage|demo|bench/peers)/)',
    },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default', 'types'],
    },
    moduleSystems: ['es6'],
  },
}
