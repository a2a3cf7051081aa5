import { builtinModules } from 'node:module'

const client = '^src/client/'
const ui = '^src/ui/'
const charts = '^src/charts/'
const server = '^src/server/'
const serverGround = `${server}(?:dependencies|workspace)\\.ts$`
const contract = '^src/contract/'
const shared = '^src/shared/'
const machines = '^machines/'

const oneOf = (...patterns) => patterns.map((pattern) => `(?:${pattern})`).join('|')

/** Forbids code at `from` every import but those of `allowed` places and of packages. */
const mayImportOnly = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: {
    pathNot: oneOf(...allowed),
    dependencyTypesNot: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core'],
  },
})

const mustNotImport = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
})

const houses = [
  mayImportOnly('ui', ui, [ui, shared], 'The design system knows no domain.'),
  mayImportOnly(
    'charts',
    charts,
    [charts, ui, contract, shared],
    'The viewer takes any machine: it knows no domain and no page.',
  ),
  mayImportOnly(
    'client-lib',
    `${client}lib/`,
    [`${client}lib/`, contract, shared],
    'lib stands below features and app.',
  ),
  mayImportOnly(
    'client-features',
    `${client}features/([^/]+)/`,
    [`${client}features/$1/`, `${client}lib/`, ui, charts, machines, contract, shared],
    'Features never import each other or the app: app/ composes them.',
  ),
  mayImportOnly(
    'client',
    client,
    [client, ui, charts, machines, contract, shared],
    'The page knows the server by its contract alone.',
  ),
  mayImportOnly(
    'server-features',
    `${server}features/([^/]+)/`,
    [
      `${server}(?:features/$1|db|http)/`,
      `${server}faults/connection-cut\\.ts$`,
      serverGround,
      contract,
      shared,
    ],
    'A server feature stands on db, contract and shared, and never on another feature.',
  ),
  mayImportOnly(
    'server-db',
    `${server}db/`,
    [`${server}db/`, contract, shared],
    'The database knows no feature.',
  ),
  mayImportOnly(
    'server-http',
    `${server}http/`,
    [`${server}http/`, serverGround, contract, shared],
    'Middleware and responses serve every feature and know none.',
  ),
  mayImportOnly(
    'server-faults',
    `${server}faults/`,
    [`${server}faults/`, serverGround, contract, shared],
    'Faults are wrapped around the dependencies of the app, which knows nothing of them.',
  ),
  mayImportOnly(
    'server-node',
    `${server}node/`,
    [
      `${server}(?:node|db|http)/`,
      `${server}(?:paths|settings)\\.ts$`,
      serverGround,
      contract,
      shared,
    ],
    'The adapters for Node stand below main, beside the app.',
  ),
  mayImportOnly('server', server, [server, contract, shared], 'The server knows no page.'),
  mayImportOnly(
    'demo',
    '^src/demo/',
    ['^src/'],
    'The demo puts the page and the server together; neither knows of it.',
  ),
  mayImportOnly(
    'contract',
    contract,
    [contract, shared],
    'The contract knows neither of its two sides.',
  ),
  mayImportOnly(
    'machines',
    machines,
    [machines, contract],
    'Effects come into a machine by .provide().',
  ),
  mustNotImport('shared', shared, { pathNot: shared }, 'shared/ is pure and imports nothing.'),
]

const details = [
  mustNotImport(
    'server-features-not-upwards',
    `${server}(?:features|db|http|faults|node)/`,
    `${server}(?:app|main|dev|seed|boot|warm-up)\\.ts$`,
    'main -> app -> features -> db.',
  ),
  mustNotImport(
    'machines-only-xstate',
    machines,
    { pathNot: oneOf(machines, contract, '^node_modules/xstate/') },
    'A machine is pure XState.',
  ),
  mustNotImport(
    'machines-only-types-of-contract',
    machines,
    { path: contract, dependencyTypesNot: ['type-only'] },
    'At run time a machine needs nothing but XState.',
  ),
  mustNotImport(
    'openapi-stays-on-the-server',
    oneOf(client, ui, charts),
    {
      path: `${contract}(?:[^/]+\\.routes|route|api)\\.ts$`,
      dependencyTypesNot: ['type-only'],
    },
    'What the page loads of the contract is plain Zod.',
  ),
  mustNotImport(
    'zod-as-a-page-may-have-it',
    {
      path: oneOf(contract, charts, `${client}(?:app|features|lib)/`),
      pathNot: `${contract}zod\\.ts$`,
    },
    '^node_modules/zod/',
    'contract/zod.ts keeps Zod from trying what the content security policy forbids.',
  ),
  mustNotImport(
    'app-knows-no-node',
    `${server}(?:app\\.ts$|(?:features|http|faults)/)`,
    { path: `^(?:node:)?(?:${builtinModules.join('|')})$`, reachable: true },
    'The same app runs in Node, in tests and in the browser: files, clock and logger are handed in.',
  ),
  mustNotImport(
    'sql-only-in-repositories',
    {
      path: '^src/',
      pathNot: oneOf(`${server}db/`, '\\.repository\\.ts$', '^src/demo/pglite-in-browser\\.'),
    },
    { path: '^node_modules/(?:drizzle-orm|postgres|@electric-sql)/' },
    'SQL lives in *.repository.ts and db/.',
  ),
  mustNotImport(
    'no-test-code',
    oneOf('^src/', machines),
    oneOf('^tests/', '^bench/', '^scripts/'),
    'What runs for a user needs no test, bench or script.',
  ),
  mustNotImport(
    'no-development-packages',
    { path: oneOf('^src/', machines), pathNot: oneOf('^src/server/dev\\.ts$', '^src/demo/') },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    'A package that runs for a user is a dependency, not a devDependency.',
  ),
  mustNotImport('no-unknown', {}, { couldNotResolve: true }, 'It must exist.'),
  mustNotImport('no-circles', {}, { circular: true }, 'A circle has no order to read it in.'),
  {
    name: 'no-orphans',
    comment: 'A file that nothing imports and that imports nothing is left over.',
    severity: 'error',
    from: { orphan: true, path: oneOf('^src/', machines), pathNot: '\\.d\\.ts$' },
    to: {},
  },
]

export default {
  forbidden: [...houses, ...details],
  options: {
    exclude: { path: '^(?:dist|[.]builds|[.]lectern|reports|coverage|demo)/' },
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
