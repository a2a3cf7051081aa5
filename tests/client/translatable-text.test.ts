import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/*
 * Page translators replace each text node with their own elements. React then fails to remove that
 * node, insert an element before it, or change its text. It does none of this if the text is the
 * only child of its element: there, it sets the content of the element.
 */
test('text has its own element if it changes or is next to parts that come and go', () => {
  expect(findBareTexts()).toEqual([])
})

function findBareTexts(): string[] {
  const program = createProgram()
  const checker = program.getTypeChecker()
  return program
    .getSourceFiles()
    .filter(({ fileName }) => /\/src\/[^.]*\.tsx$/.test(fileName))
    .flatMap((file) => listElements(file).filter((element) => hasBareText(element, checker)))
    .map(describePlace)
}

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const components = fileNames.filter((name) => /\/src\/.*\.tsx$/.test(name))
  return ts.createProgram(components, options)
}

type Parent = ts.JsxElement | ts.JsxFragment

function listElements(node: ts.Node): Parent[] {
  const elements: Parent[] = ts.isJsxElement(node) || ts.isJsxFragment(node) ? [node] : []
  ts.forEachChild(node, (child) => {
    elements.push(...listElements(child))
  })
  return elements
}

function hasBareText({ children }: Parent, checker: ts.TypeChecker): boolean {
  const kinds = children.filter(isRendered).map((child) => classify(child, checker))
  if (kinds.length < 2) return false
  return kinds.includes('text') || (kinds.includes('fixed text') && kinds.includes('part'))
}

function isRendered(child: ts.JsxChild): boolean {
  if (ts.isJsxText(child)) return !child.containsOnlyTriviaWhiteSpaces
  return !ts.isJsxExpression(child) || child.expression !== undefined
}

function classify(child: ts.JsxChild, checker: ts.TypeChecker) {
  if (ts.isJsxText(child)) return 'fixed text'
  if (!ts.isJsxExpression(child) || !child.expression) return 'element'
  if (ts.isStringLiteral(child.expression)) return 'fixed text'
  return isText(checker.getTypeAtLocation(child.expression)) ? 'text' : 'part'
}

/** A `ReactNode` counts as an element: callers that pass text must wrap it. */
function isText(type: ts.Type): boolean {
  const types = type.isUnion() ? type.types : [type]
  const isReactNode = types.some(({ symbol }) => symbol?.name === 'ReactPortal')
  return !isReactNode && types.some(({ flags }) => (flags & textFlags) !== 0)
}

const textFlags = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike

function describePlace(node: ts.Node): string {
  const file = node.getSourceFile()
  const { line } = file.getLineAndCharacterOfPosition(node.getStart())
  return `${path.relative(process.cwd(), file.fileName)}:${line + 1}`
}
