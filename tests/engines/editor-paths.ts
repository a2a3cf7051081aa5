import { graphOf, type Model, type ModelPath, type Node, pathsOf } from '../support/model.ts'

const editing = 'video.filename.editing'
const viewing = 'video.filename.viewing'
const linked = 'video.link.linked'

/** A path with an editor open in one state of the link and from there on, until the link is confirmed. */
export interface EditorPath {
  openIn: string
  path: ModelPath
}

/**
 * A path for each state of a shown link in which an editor can be open: the shortest way there, with `edit`
 * at its end, and the shortest way on to the confirmed link. A state that is left by itself within a second
 * is entered with the editor open, since nobody types that fast.
 * @param drivable the cases of the model that a page can be led through
 * @throws when there is no way to such a state
 */
export function editorPaths(model: Model, drivable: readonly string[]): EditorPath[] {
  const root = graphOf(model).roots.find(({ inputName }) => inputName === 'a pick')
  if (!root) throw new Error('The video can’t start as a pick')
  return shownWithEditor(model).map((openIn) => {
    const isThere = ({ stateIds }: Node) => stateIds.includes(openIn) && stateIds.includes(viewing)
    const there = wayTo(root.node, isThere, drivable)
    if (!there) throw new Error(`The page can’t be led to ${openIn}`)
    const last = isShort(model, openIn) ? there.caseNames.slice(-1) : []
    const before = there.caseNames.slice(0, there.caseNames.length - last.length)
    const withEditor = [...before, 'edit', ...last]
    const onwards = wayTo(follow(root.node, withEditor), isSettled, drivable)
    if (!onwards) throw new Error(`The link can’t be confirmed after ${withEditor.join(' → ')}`)
    const caseNames = [...withEditor, ...onwards.caseNames]
    const [path] = pathsOf(model, [{ inputName: root.inputName, caseNames }])
    if (!path) throw new Error(`There is no path through ${openIn}`)
    return { openIn, path }
  })
}

const isShort = ({ machine }: Model, stateId: string) =>
  machine.getStateNodeById(stateId).after.some(({ delay }) => delay === 'backoff')

const isSettled = ({ stateIds }: Node) => stateIds.includes(linked) && stateIds.includes(editing)

/** The innermost states of the link in which the row is shown and its editor can be open. */
function shownWithEditor(model: Model): string[] {
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

/** The shortest way from one place of a graph to another, if there is one. */
function wayTo(
  from: Node,
  isThere: (node: Node) => boolean,
  drivable: readonly string[],
): Way | undefined {
  const ways: Way[] = [{ to: from, caseNames: [] }]
  const seen = new Set<Node>([from])
  for (const way of ways) {
    if (isThere(way.to)) return way
    for (const { caseName, to } of way.to.edges) {
      if (seen.has(to) || !drivable.includes(caseName) || !isPlain(way.to, caseName)) continue
      seen.add(to)
      ways.push({ to, caseNames: [...way.caseNames, caseName] })
    }
  }
  return undefined
}

/**
 * Where some cases may happen. Nobody knows which arrives first when a removal and its link are on their
 * way together; a linked video is restored only after somebody else has removed it; and a retry may come
 * too late for a try that is made by itself within a second.
 */
const places: Record<string, (stateIds: readonly string[]) => boolean> = {
  remove: (stateIds) => stateIds.includes(linked),
  restore: (stateIds) => !stateIds.includes(linked),
  retry: (stateIds) => stateIds.includes('video.link.failed'),
}

const isPlain = ({ stateIds }: Node, caseName: string) => places[caseName]?.(stateIds) ?? true

const follow = (from: Node, caseNames: readonly string[]): Node =>
  caseNames.reduce((node, name) => {
    const edge = node.edges.find(({ caseName }) => caseName === name)
    if (!edge) throw new Error(`${name} can’t happen in ${node.stateIds.join(', ')}`)
    return edge.to
  }, from)
