import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/*
 * Page translators replace each text node with their own elements. React then fails to remove that
 * node, insert an element before it, or change its text. It does none of this if the text is the
 * only child of its element: there, it sets the content of the element. It does all of this if the
 * text is in an array, or is what a component returns.
 */
describe('text has its own element', () => {
  const program = createProgram()
  const checker = program.getTypeChecker()
  const nodes = program
    .getSourceFiles()
    .filter(({ fileName }) => /\/src\/[^.]*\.tsx$/.test(fileName))
    .flatMap(listNodes)

  test('if it changes or is next to parts that come and go', () => {
    const elements = nodes.filter(isParent)
    expect(elements.filter((node) => hasBareText(node, checker)).map(describePlace)).toEqual([])
  })

  test('if a component is nothing but text, or has it beside elements', () => {
    const components = nodes.filter(isComponent)
    expect(components.filter((node) => returnsText(node, checker)).map(describePlace)).toEqual([])
  })
})

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const components = fileNames.filter((name) => /\/src\/.*\.tsx$/.test(name))
  return ts.createProgram(components, options)
}

type Parent = ts.JsxElement | ts.JsxFragment

const isParent = (node: ts.Node): node is Parent => ts.isJsxElement(node) || ts.isJsxFragment(node)

function listNodes(node: ts.Node): ts.Node[] {
  const nodes = [node]
  ts.forEachChild(node, (child) => {
    nodes.push(...listNodes(child))
  })
  return nodes
}

function hasBareText(parent: Parent, checker: ts.TypeChecker): boolean {
  const children = parent.children.filter(isRendered)
  const kinds = children.map((child) => classify(child, checker))
  if (kinds.includes('text list')) return true
  if (kinds.length < 2) return kinds.includes('text') && !hasContent(parent)
  return kinds.includes('text') || (kinds.includes('fixed text') && kinds.includes('part'))
}

/**
 * Whether the only text in a parent is the content of an element. A fragment has no element, and
 * React Aria puts contexts around the children of its items.
 */
const hasContent = (parent: Parent) =>
  ts.isJsxElement(parent) && !parent.openingElement.tagName.getText().endsWith('Item')

function isRendered(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return !child.containsOnlyTriviaWhiteSpaces
  return !ts.isJsxExpression(child) || child.expression !== undefined
}

function classify(child: ts.JsxChild, checker: ts.TypeChecker) {
  if (ts.isJsxText(child)) return 'fixed text'
  if (!ts.isJsxExpression(child) || !child.expression) return 'element'
  if (ts.isStringLiteral(child.expression)) return 'fixed text'
  const types = listTypes(checker.getTypeAtLocation(child.expression))
  if (types.some((type) => isTextList(type, checker))) return 'text list'
  return types.some(isText) ? 'text' : 'part'
}

/** The types of a union; none of a `ReactNode`: callers that pass text must wrap it. */
function listTypes(type: ts.Type): readonly ts.Type[] {
  const types = type.isUnion() ? type.types : [type]
  return types.some(({ symbol }) => symbol?.name === 'ReactPortal') ? [] : types
}

const isText = ({ flags }: ts.Type) => (flags & textFlags) !== 0

/** Whether React would make a text node of each text in an array. */
function isTextList(type: ts.Type, checker: ts.TypeChecker): boolean {
  const item = checker.isArrayLikeType(type) && type.getNumberIndexType()
  if (!item) return false
  return listTypes(item).some((type) => isText(type) || isTextList(type, checker))
}

type Component = ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction

/** Whether a node is a function with the name of a component, or is passed to `memo` for one. */
function isComponent(node: ts.Node): node is Component {
  if (ts.isFunctionDeclaration(node)) return isComponentName(node.name)
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return false
  const owner = ts.isCallExpression(node.parent) ? node.parent.parent : node.parent
  return ts.isVariableDeclaration(owner) && isComponentName(owner.name)
}

const isComponentName = (name: ts.Node | undefined) =>
  name !== undefined && ts.isIdentifier(name) && /^[A-Z]/.test(name.text)

function returnsText(component: Component, checker: ts.TypeChecker): boolean {
  const signature = checker.getSignatureFromDeclaration(component)
  if (!signature) return false
  const types = listTypes(checker.getReturnTypeOfSignature(signature))
  return types.some((type) => isText(type) || isTextList(type, checker))
}

const textFlags = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike

function describePlace(node: ts.Node): string {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart())
  return `${path.relative(process.cwd(), file.fileName)}:${line + 1}`
}
