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
  openIn: string
  path: ModelPath
}

/**
 * Creates a path for each state of a visible link and its request in which an editor can be open:
 * the shortest way there, ending with `edit`, and then the shortest way to the confirmed link, if
 * the model has one without another lost request. A state that ends by itself within a second is
 * entered with the editor already open, since typing takes longer.
 * @param drivable the cases of the model that a test can make happen in a page
 */
export function createEditorPaths(model: Model, drivable: readonly string[]): EditorPath[] {
  const paths = new Map<string, EditorPath>()
  for (const inputName of starts) {
    const root = exploreModel(model).roots.find((candidate) => candidate.inputName === inputName)
    if (!root) throw new Error(`The video’s model has no root “${inputName}”`)
    for (const way of findWays(root.node, drivable)) {
      const openIn = describeState(way)
      if (openIn === null || paths.has(openIn)) continue
      const caseNames = openEditor(model, root.node, way, drivable)
      const [path] = createPaths(model, [{ inputName, caseNames }])
      if (path) paths.set(openIn, { openIn, path })
    }
  }
  return [...paths.values()]
}

/** The cases of a way with the editor opened, and of the rest of the way to the confirmed link. */
function openEditor(model: Model, root: Node, way: Way, drivable: readonly string[]): string[] {
  const last = isTransient(model, way.to) ? way.caseNames.slice(-1) : []
  const before = way.caseNames.slice(0, way.caseNames.length - last.length)
  const withEditor = [...before, 'edit', ...last]
  const withoutLoss = drivable.filter((caseName) => caseName !== lost)
  const rest = findWays(follow(root, withEditor), withoutLoss).find(isSettled)
  return [...withEditor, ...(rest?.caseNames ?? [])]
}

const lost = 'lost'

const isTransient = ({ machine }: Model, { stateIds }: Node) =>
  stateIds.some((id) => machine.getStateNodeById(id).after.some(({ delay }) => delay === 'backoff'))

const isSettled = ({ to: { stateIds } }: Way) =>
  stateIds.includes(linked) && stateIds.includes(editing)

/** Describes the states of a visible link and its request; `null` if no editor can be opened. */
function describeState({ to: { stateIds }, caseNames }: Way): string | null {
  const stateIn = (region: string) =>
    stateIds.find((id) => id.startsWith(`video.${region}.`))?.slice(`video.${region}.`.length)
  const link = stateIn('link') ?? ''
  if (!stateIds.includes(viewing) || !shownStates.includes(link)) return null
  const isRestoring = link === 'linking' && caseNames.includes('restore')
  return `${link} (${isRestoring ? 'restoring, ' : ''}${stateIn('request')})`
}

const shownStates = ['optimistic', 'linking', 'linked', 'failed']

interface Way {
  to: Node
  caseNames: readonly string[]
}

/**
 * Finds the shortest way from a node to each node that can be reached with at most one lost
 * request.
 */
function findWays(from: Node, drivable: readonly string[]): Way[] {
  const ways: Way[] = [{ to: from, caseNames: [] }]
  const seen = new Set<Node>([from])
  for (const way of ways) {
    for (const { caseName, to } of way.to.edges) {
      if (seen.has(to) || !drivable.includes(caseName) || !isPredictable(way, caseName)) continue
      seen.add(to)
      ways.push({ to, caseNames: [...way.caseNames, caseName] })
    }
  }
  return ways
}

/**
 * Whether a case has a predictable outcome after a way. If a removal is in flight together with its
 * link or its undo, either may arrive first; a retry may come after an automatic one; and the
 * server refuses only links.
 */
function isPredictable({ to: { stateIds }, caseNames }: Way, caseName: string): boolean {
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
