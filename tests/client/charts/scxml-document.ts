import { SaxesParser } from 'saxes'

/** An element of an XML document. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
}

/** Parses XML. @throws {Error} if it is not well-formed */
export function parseXml(xml: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [document]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  const [root] = document.children
  if (!root) throw new Error('The document has no root element')
  return root
}

const states = ['state', 'parallel', 'final', 'history']
const contents = ['script', 'send', 'cancel', 'raise']
const allowedChildren: Record<string, string[]> = {
  scxml: ['state', 'parallel', 'final'],
  state: ['onentry', 'onexit', 'initial', 'transition', 'invoke', ...states],
  parallel: ['onentry', 'onexit', 'transition', 'invoke', 'state', 'parallel', 'history'],
  final: ['onentry', 'onexit'],
  history: ['transition'],
  initial: ['transition'],
  transition: contents,
  onentry: contents,
  onexit: contents,
  script: [],
  send: [],
  cancel: [],
  invoke: [],
}

/** Lists where a document violates the SCXML recommendation. */
export function findScxmlFaults(root: XmlElement): string[] {
  const ids = listElements(root).flatMap(({ attributes }) => attributes.id ?? [])
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index)
  return [
    ...repeated.map((id) => `repeated id ${id}`),
    ...ids.filter((id) => !/^[\p{L}_][\p{L}\d._-]*$/u.test(id)).map((id) => `no XML id: ${id}`),
    ...(/^[\p{L}\d._:-]+$/u.test(root.attributes.name ?? '') ? [] : ['the name is no NMTOKEN']),
    ...findTargetFaults([root.attributes.initial ?? ''], root.children, 'initial'),
    ...findElementFaults(root, root),
  ]
}

function findElementFaults(element: XmlElement, root: XmlElement): string[] {
  const { name, children, attributes } = element
  const place = `${name} ${attributes.id ?? ''}`
  const allowed = allowedChildren[name] ?? []
  const initials = children.filter((child) => child.name === 'initial')
  return [
    ...children
      .filter((child) => !allowed.includes(child.name))
      .map((child) => `<${child.name}> in ${place}`),
    ...(initials.length > 1 ? [`several <initial> in ${place}`] : []),
    ...initials.flatMap(({ children: [transition] }) =>
      findTargetFaults(splitWords(transition?.attributes.target), children, `initial of ${place}`),
    ),
    ...children
      .filter((child) => child.name === 'transition')
      .flatMap((child) => findTransitionFaults(child, element, root)),
    ...children.flatMap((child) => findElementFaults(child, root)),
  ]
}

function findTransitionFaults({ attributes }: XmlElement, parent: XmlElement, root: XmlElement) {
  const { event, cond, target, type } = attributes
  const place = `transition of ${parent.name} ${parent.attributes.id ?? ''}`
  const isPlain = parent.name === 'initial' || parent.name === 'history'
  const targets = splitWords(target)
  const words = event?.split(' ') ?? []
  return [
    ...(isPlain && (event !== undefined || cond !== undefined) ? [`${place} has a trigger`] : []),
    ...(isPlain && targets.length === 0 ? [`${place} has no target`] : []),
    ...(event === undefined && cond === undefined && target === undefined
      ? [`${place} is empty`]
      : []),
    ...words
      .filter((word) => !/^(\*|[\w:-]+(\.[\w:-]+)*(\.\*)?)$/.test(word))
      .map((word) => `${place} has the descriptor ${word}`),
    ...(target === undefined ? [] : findTargetFaults(targets, root.children, place)),
    ...(type === 'internal' ? findTargetFaults(targets, parent.children, `internal ${place}`) : []),
  ]
}

function findTargetFaults(targets: string[], within: XmlElement[], place: string): string[] {
  const candidates = within.flatMap(listElements).filter(({ name }) => states.includes(name))
  const isKnown = (target: string) => candidates.some(({ attributes }) => attributes.id === target)
  return targets.filter((target) => !isKnown(target)).map((target) => `${place} leads to ${target}`)
}

const splitWords = (words: string | undefined) => (words ? words.split(' ') : [])

function listElements(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(listElements)]
}
