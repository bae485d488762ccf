import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/** One file as the rules see it; `path` is relative to the repository, with slashes. */
export type SourceFile = {
  path: string
  lines: number
  imports: Import[]
  strings: string[]
  readsEnvironment: boolean
  /** Calls the global `fetch`. */
  fetches: boolean
}
export type Import = {
  /** A path in the repository for relative imports, else the name as written. */
  target: string
  typeOnly: boolean
}

const folders = ['apps', 'packages']
const skipped = new Set(['node_modules', 'dist', 'data'])

function pathsIn(root: string): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => posix.join(folder, path)),
    )
    .filter((path) => !path.split('/').some((part) => skipped.has(part)))
}

export const readSources = (root: string): SourceFile[] =>
  pathsIn(root)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .map((path) => parse(path, readFileSync(join(root, path), 'utf8')))

export const readStyleSheets = (root: string): { path: string; text: string }[] =>
  pathsIn(root)
    .filter((path) => path.endsWith('.css'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

export function parse(path: string, text: string): SourceFile {
  const { module, program, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const strings: string[] = []
  let readsEnvironment = false
  let fetches = false
  const imports: Import[] = []
  const add = (name: string, typeOnly: boolean) => imports.push({ target: targetOf(path, name), typeOnly })

  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType))
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType)
  }
  for (const { moduleRequest } of module.dynamicImports) {
    add(text.slice(moduleRequest.start + 1, moduleRequest.end - 1), false)
  }
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') strings.push(node.value)
    },
    CallExpression({ callee }) {
      if (callee.type === 'Identifier' && callee.name === 'fetch') fetches = true
    },
    MemberExpression(node) {
      const { object, property } = node
      const isProcess = object.type === 'Identifier' && object.name === 'process'
      if (isProcess && property.type === 'Identifier' && property.name === 'env') readsEnvironment = true
      const isGlobal = object.type === 'Identifier' && object.name === 'globalThis'
      if (isGlobal && property.type === 'Identifier' && property.name === 'fetch') fetches = true
    },
  }).visit(program)
  return { path, lines: text.split('\n').length - 1, imports, strings, readsEnvironment, fetches }
}

const targetOf = (path: string, name: string) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name)

/** Tests, and what only tests import. */
export const isTest = (path: string) => /\.test\.tsx?$|\/test-[^/]+$|\/testing(\/|\.ts$)/.test(path)
