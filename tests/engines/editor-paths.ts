import { graphOf, type Model, type ModelPath, type Node, pathsOf } from '../support/model.ts'

const editing = 'video.filename.editing'
const viewing = 'video.filename.viewing'
const linked = 'video.link.linked'

/** A path with an editor open from one state of the link on, until the link is confirmed. */
export interface EditorPath {
  openIn: string
  path: ModelPath
}

/**
 * Creates a path for each state of a shown link in which an editor can be open: the shortest way
 * there, ending with `edit`, and the shortest way on to the confirmed link. A state that ends by
 * itself within a second is entered with the editor open, since typing takes longer.
 * @param drivable the cases of the model that can be made to happen in a page
 * @throws when there is no way to such a state
 */
export function createEditorPaths(model: Model, drivable: readonly string[]): EditorPath[] {
  const root = graphOf(model).roots.find(({ inputName }) => inputName === 'a pick')
  if (!root) throw new Error('The video’s model has no root “a pick”')
  return listEditableStates(model).map((openIn) => {
    const isThere = ({ stateIds }: Node) => stateIds.includes(openIn) && stateIds.includes(viewing)
    const there = findWay(root.node, isThere, drivable)
    if (!there) throw new Error(`There is no drivable way to ${openIn}`)
    const last = isTransient(model, openIn) ? there.caseNames.slice(-1) : []
    const before = there.caseNames.slice(0, there.caseNames.length - last.length)
    const withEditor = [...before, 'edit', ...last]
    const onwards = findWay(follow(root.node, withEditor), isSettled, drivable)
    if (!onwards) throw new Error(`The link can’t be confirmed after ${withEditor.join(' → ')}`)
    const caseNames = [...withEditor, ...onwards.caseNames]
    const [path] = pathsOf(model, [{ inputName: root.inputName, caseNames }])
    if (!path) throw new Error(`There is no path through ${openIn}`)
    return { openIn, path }
  })
}

const isTransient = ({ machine }: Model, stateId: string) =>
  machine.getStateNodeById(stateId).after.some(({ delay }) => delay === 'backoff')

const isSettled = ({ stateIds }: Node) => stateIds.includes(linked) && stateIds.includes(editing)

/** The innermost states of the link in which the row is shown and its editor can be open. */
function listEditableStates(model: Model): string[] {
  const nodeOf = (id: string) => model.machine.getStateNodeById(id)
  const isInnermostOfLink = (id: string) =>
    id.startsWith('video.link.') && nodeOf(id).type === 'atomic'
  const isHidden = (id: string) => nodeOf(id).tags.includes('hidden')
  const withEditor = graphOf(model).nodes.filter(
    ({ stateIds }) => stateIds.includes(editing) && !stateIds.some(isHidden),
  )
  return [...new Set(withEditor.flatMap(({ stateIds }) => stateIds.filter(isInnermostOfLink)))]
}

interface Way {
  to: Node
  caseNames: readonly string[]
}

/** The shortest way from one node of a graph to another, if there is one. */
function findWay(
  from: Node,
  isThere: (node: Node) => boolean,
  drivable: readonly string[],
): Way | undefined {
  const ways: Way[] = [{ to: from, caseNames: [] }]
  const seen = new Set<Node>([from])
  for (const way of ways) {
    if (isThere(way.to)) return way
    for (const { caseName, to } of way.to.edges) {
      if (seen.has(to) || !drivable.includes(caseName) || !isPredictable(way.to, caseName)) continue
      seen.add(to)
      ways.push({ to, caseNames: [...way.caseNames, caseName] })
    }
  }
  return undefined
}

/**
 * The nodes in which some cases have a predictable outcome. When a removal and its link are in
 * flight together, either may arrive first; a linked video is restored only after another user has
 * removed it; and a retry may come after an automatic one.
 */
const casePreconditions: Record<string, (stateIds: readonly string[]) => boolean> = {
  remove: (stateIds) => stateIds.includes(linked),
  restore: (stateIds) => !stateIds.includes(linked),
  retry: (stateIds) => stateIds.includes('video.link.failed'),
}

const isPredictable = ({ stateIds }: Node, caseName: string) =>
  casePreconditions[caseName]?.(stateIds) ?? true

const follow = (from: Node, caseNames: readonly string[]): Node =>
  caseNames.reduce((node, name) => {
    const edge = node.edges.find(({ caseName }) => caseName === name)
    if (!edge) throw new Error(`${name} can’t happen in ${node.stateIds.join(', ')}`)
    return edge.to
  }, from)
