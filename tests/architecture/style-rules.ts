import { isTest, type SourceFile } from './source-file.ts'

const limits = { median: 70, most: 230, all: 400 }
const emptyNames = /(^|\/)(utils?|helpers?|managers?|common|misc)(\.|\/|-|$)|-(utils?|helpers?|manager)\.tsx?$/

/** Unmistakable names; a channel's folder adds its own. */
const channelNames =
  'whatsapp messenger instagram telegram wechat wechat-mini wecom weibo alipay douyin baidu twilio qq aliyun'.split(' ')
/** Words that also mean something else: left to review. */
const ordinaryWords = new Set(['email'])

/** One implementation for every channel: the business modules ask a channel what it can do, never which one it is. */
export function channelLiterals(files: SourceFile[]): string[] {
  const folders = files.flatMap(
    ({ path }) => /^packages\/channels\/src\/(?!families\/)([\w-]+)\//.exec(path)?.[1] ?? [],
  )
  const names = new Set([...channelNames, ...folders].filter((name) => !ordinaryWords.has(name)))
  return files
    .filter(({ path }) => path.startsWith('apps/server/src/modules/') && !isTest(path))
    .flatMap(({ path, strings }) =>
      strings.filter((text) => names.has(text)).map((text) => `${path} names the channel "${text}"`),
    )
}

/** `process.env` has one reader, so that every setting is known, checked and documented. */
export function environmentReaders(files: SourceFile[]): string[] {
  return files
    .filter(({ path, readsEnvironment }) => readsEnvironment && path.startsWith('apps/server/src/') && !isTest(path))
    .filter(({ path }) => path !== 'apps/server/src/config.ts')
    .map(({ path }) => `${path} reads process.env; only apps/server/src/config.ts does`)
}

const httpClients = new Set(['undici', 'http', 'https', 'node:https', 'node:http2', 'axios', 'got', 'node-fetch'])

/** One HTTP client, whose guard no address that somebody configured gets past. S3, mail and Redis have libraries of theirs. */
export function otherHttpClients(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith('apps/server/src/') && !isTest(path))
    .filter(({ path }) => path !== 'apps/server/src/platform/safe-fetch.ts')
    .filter(
      ({ fetches, imports }) => fetches || imports.some(({ target, typeOnly }) => !typeOnly && httpClients.has(target)),
    )
    .map(({ path }) => `${path} asks other servers; only apps/server/src/platform/safe-fetch.ts does`)
}

export function emptyFileNames(files: SourceFile[]): string[] {
  return files.filter(({ path }) => emptyNames.test(path)).map(({ path }) => `${path} has a name that says nothing`)
}

export function tooLong(files: SourceFile[]): string[] {
  const sources = files
    .filter(({ path }) => !isTest(path) && !path.includes('.gen.'))
    .toSorted((one, other) => one.lines - other.lines)
  const at = (share: number) => sources[Math.floor((sources.length - 1) * share)]?.lines ?? 0
  const complaints = sources
    .filter(({ lines }) => lines > limits.all)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${limits.all}`)
  if (at(0.5) > limits.median) complaints.push(`the median file has ${at(0.5)} lines, more than ${limits.median}`)
  if (at(0.95) > limits.most) complaints.push(`5 % of the files have more than ${limits.most} lines (${at(0.95)})`)
  return complaints
}

export interface StyleSheet {
  path: string
  text: string
}

/** What has its style sheets to itself: a feature of the workspace, a page of its settings, or what all of them share. */
const ownerOf = (path: string): string | undefined =>
  /^apps\/workspace\/src\/(?:features\/settings\/[^/]+|features\/[^/]+|[^/]+)(?=\/)/.exec(path)?.[0]

const classesIn = (selector: string): Set<string> =>
  new Set(Array.from(selector.matchAll(/\.((?:q|st)(?:-[\w-]+)?)(?![\w-])/g), ([, name = '']) => name))

const selectorsIn = (text: string): string[] =>
  Array.from(
    text
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
      .matchAll(/([^{};]+)\{/g),
    ([, selectors = '']) => selectors.trim(),
  )
    .filter((selectors) => !selectors.startsWith('@'))
    .flatMap(apart)
    .map((selector) => selector.trim())

/** At the commas between selectors, not at those inside of one. */
function apart(selectors: string): string[] {
  let depth = 0
  const marked = Array.from(selectors, (sign) => {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    return sign === ',' && depth === 0 ? '\n,' : sign
  })
  return marked.join('').split('\n,')
}

/**
 * A style sheet stays when the agent goes to another screen, so a class that two of them define looks one way before and
 * another way after. Another's class may be named below one of one's own.
 */
export function classesOfTwo(sheets: readonly StyleSheet[]): string[] {
  const owners = new Map<string, Set<string>>()
  for (const { path, text } of sheets) {
    const owner = ownerOf(path)
    if (!owner) continue
    for (const selector of selectorsIn(text)) {
      const [only, ...others] = classesIn(selector)
      if (only && others.length === 0) owners.set(only, (owners.get(only) ?? new Set()).add(owner))
    }
  }
  return [...owners]
    .filter(([, all]) => all.size > 1)
    .map(([name, all]) => `.${name} is defined by ${[...all].toSorted().join(' and ')}`)
}

/** For the same reason a feature's rule names a class of the feature: `.is-late em` is everybody's. */
export const rulesForAll = (sheets: readonly StyleSheet[]): string[] =>
  sheets
    .filter(({ path }) => path.startsWith('apps/workspace/src/features/'))
    .flatMap(({ path, text }) =>
      selectorsIn(text)
        .filter((selector) => classesIn(selector).size === 0)
        .map((selector) => `${path} has a rule for every "${selector}"`),
    )
