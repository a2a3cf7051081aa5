import {
  createPaths,
  exploreModel,
  type Model,
  type ModelPath,
  type Node,
} from '../support/model.ts'

const editing = 'video.filename.editing'
const viewing = 'video.filename.viewing'
const linked = 'video.link.linked'

/** How a pick can start in a page. States reached from the first start are not repeated. */
const starts = ['a pick that was sent', 'a pick that waits for a removal']

/** A path on which an editor opens in a state of the video and stays open until it is linked. */
export interface EditorPath {
  /** The state in which the editor opens. */
  state: string
  path: ModelPath
}

/**
 * Creates a path for each state of a visible link and its request in which an editor can be open:
 * the shortest route there, ending with `edit`, and then the shortest route to the confirmed link,
 * if the model has one without another lost request. A state that ends by itself within a second is
 * entered with the editor already open, since typing takes longer.
 * @param drivable the cases of the model that a test can make happen in a page
 */
export function createEditorPaths(model: Model, drivable: readonly string[]): EditorPath[] {
  const paths = new Map<string, EditorPath>()
  for (const inputName of starts) {
    const root = exploreModel(model).roots.find((candidate) => candidate.inputName === inputName)
    if (!root) throw new Error(`The video’s model has no root “${inputName}”`)
    for (const route of findRoutes(root.node, drivable)) {
      const state = describeState(route)
      if (state === null || paths.has(state)) continue
      const caseNames = addEditor(model, root.node, route, drivable)
      const [path] = createPaths(model, [{ inputName, caseNames }])
      if (path) paths.set(state, { state, path })
    }
  }
  return [...paths.values()]
}

/** Lists the cases of a route with the editor opened, then those to the confirmed link. */
function addEditor(model: Model, root: Node, route: Route, drivable: readonly string[]): string[] {
  const last = isTransient(model, route.to) ? route.caseNames.slice(-1) : []
  const before = route.caseNames.slice(0, route.caseNames.length - last.length)
  const withEditor = [...before, 'edit', ...last]
  const withoutLoss = drivable.filter((caseName) => caseName !== lost)
  const rest = findRoutes(follow(root, withEditor), withoutLoss).find(isSettled)
  return [...withEditor, ...(rest?.caseNames ?? [])]
}

const lost = 'lost'

const isTransient = ({ machine }: Model, { stateIds }: Node) =>
  stateIds.some((id) => machine.getStateNodeById(id).after.some(({ delay }) => delay === 'backoff'))

const isSettled = ({ to: { stateIds } }: Route) =>
  stateIds.includes(linked) && stateIds.includes(editing)

/** Describes the states of a visible link and its request; `null` if no editor can be opened. */
function describeState({ to: { stateIds }, caseNames }: Route): string | null {
  const findState = (region: string) =>
    stateIds.find((id) => id.startsWith(`video.${region}.`))?.slice(`video.${region}.`.length)
  const link = findState('link') ?? ''
  if (!stateIds.includes(viewing) || !shownStates.includes(link)) return null
  const isRestoring = link === 'linking' && caseNames.includes('restore')
  return `${link} (${isRestoring ? 'restoring, ' : ''}${findState('request')})`
}

const shownStates = ['optimistic', 'linking', 'linked', 'failed']

interface Route {
  to: Node
  caseNames: readonly string[]
}

/** Finds the shortest route to each node that needs at most one lost request. */
function findRoutes(from: Node, drivable: readonly string[]): Route[] {
  const routes: Route[] = [{ to: from, caseNames: [] }]
  const seen = new Set<Node>([from])
  for (const route of routes) {
    for (const { caseName, to } of route.to.edges) {
      if (seen.has(to) || !drivable.includes(caseName) || !isPredictable(route, caseName)) continue
      seen.add(to)
      routes.push({ to, caseNames: [...route.caseNames, caseName] })
    }
  }
  return routes
}

/**
 * Whether a case has a predictable outcome after a route. If a removal is in flight together with
 * its link or its undo, either may arrive first; a retry may come after an automatic one; and the
 * server refuses only links.
 */
function isPredictable({ to: { stateIds }, caseNames }: Route, caseName: string): boolean {
  switch (caseName) {
    case 'remove':
      return stateIds.includes(linked)
    case 'restore':
      return stateIds.includes('video.link.removed')
    case 'retry':
      return stateIds.includes('video.link.failed')
    case 'refused':
      return !caseNames.includes('remove')
    case lost:
      return !caseNames.includes(lost)
    default:
      return true
  }
}

const follow = (from: Node, caseNames: readonly string[]): Node =>
  caseNames.reduce((node, name) => {
    const edge = node.edges.find(({ caseName }) => caseName === name)
    if (!edge) throw new Error(`${name} can’t happen in ${node.stateIds.join(', ')}`)
    return edge.to
  }, from)
