import { isTest, type Import, type SourceFile } from './source-file.ts'

/** Lower modules never import higher ones, nor those beside them. A new module is given its place here. */
export const moduleOrder = [
  ['access'],
  ['inboxes'],
  ['templates'],
  ['contacts'],
  ['attachments', 'mails'],
  ['conversations'],
  ['merging'],
  ['knowledge', 'service-levels', 'surveys'],
  ['routing'],
  ['tickets', 'macros', 'automation', 'bots', 'outreach', 'calls', 'notifications'],
  ['quality', 'reports', 'search', 'webhooks'],
]
const levelOf = (module: string) => moduleOrder.findIndex((level) => level.includes(module))

type Rule = {
  /** Files that the rule is about; its groups are handed on. */
  from: RegExp
  allows(target: string, groups: string[], imported: Import): boolean
}

const isNodeOrLibrary = (target: string) => !/^(#|@qiao\/|apps\/|packages\/)/.test(target)
const isProtocol = (target: string) => /^@qiao\/protocol(\/|$)/.test(target)
const isMail = (target: string) => target === '@qiao/mail'
const isFrontEndLibrary = (target: string) => isNodeOrLibrary(target) && !target.startsWith('node:')
const noDatabaseNorWeb = (target: string) => !/^(pg|kysely|fastify|@fastify\/.*|graphile-worker|ioredis)$/.test(target)

/** Files, sockets and other programs: nothing for pure functions. */
const outside = /^(node:)?(fs|net|tls|http|https|http2|dgram|child_process)(\/|$)/

/** The table of ARCHITECTURE.md. The first rule whose `from` matches a file decides about its imports. */
const rules: Rule[] = [
  {
    from: /^packages\/protocol\/src\//,
    allows: (target) => target === 'zod' || target.startsWith('packages/protocol/src/'),
  },
  {
    from: /^packages\/routing\/src\//,
    allows: (target, _, { typeOnly }) => target.startsWith('packages/routing/src/') || (isProtocol(target) && typeOnly),
  },
  {
    from: /^packages\/mail\/src\//,
    allows: (target) =>
      target.startsWith('packages/mail/src/') ||
      (isNodeOrLibrary(target) && noDatabaseNorWeb(target) && !outside.test(target)),
  },
  {
    from: /^packages\/channels\/src\/(families\/[\w-]+|[\w-]+)\//,
    allows: (target, [folder]) =>
      target.startsWith(`packages/channels/src/${folder}/`) ||
      /^packages\/channels\/src\/(families\/[\w-]+\/)?[\w-]+\.ts$/.test(target) ||
      isProtocol(target) ||
      isMail(target) ||
      (isNodeOrLibrary(target) && noDatabaseNorWeb(target)),
  },
  {
    from: /^packages\/channels\/src\//,
    allows: (target) =>
      target.startsWith('packages/channels/src/') || isProtocol(target) || isMail(target) || isNodeOrLibrary(target),
  },
  {
    from: /^apps\/server\/src\/platform\//,
    allows: (target, _, { typeOnly }) =>
      /^(apps\/server\/src\/platform\/|#platform\/)/.test(target) ||
      (typeOnly && target === 'apps/server/src/config.ts') ||
      isProtocol(target) ||
      isNodeOrLibrary(target),
  },
  {
    from: /^apps\/server\/src\/modules\/([\w-]+)\//,
    allows: (target, [module = ''], { typeOnly }) =>
      target.startsWith(`apps/server/src/modules/${module}/`) ||
      /^(apps\/server\/src\/platform\/|#platform\/)/.test(target) ||
      (typeOnly && target === 'apps/server/src/config.ts') ||
      isProtocol(target) ||
      target === '@qiao/routing' ||
      target === '@qiao/mail' ||
      isNodeOrLibrary(target) ||
      isLowerModule(module, target),
  },
  {
    from: /^apps\/server\/src\/delivery\//,
    allows: (target) =>
      !/^apps\/server\/src\/(modules\/|playground\/|main\.ts)/.test(target) &&
      !target.startsWith('packages/') &&
      target !== '@qiao/channels/simulators',
  },
  {
    from: /^apps\/server\/src\/playground\//,
    allows: (target) => !/^apps\/server\/src\/(modules\/|main\.ts)/.test(target) && !target.startsWith('packages/'),
  },
  { from: /^apps\/server\/src\/(config|settings)\.ts$/, allows: (target) => !target.startsWith('#') },
  { from: /^apps\/server\//, allows: (target) => !target.startsWith('packages/') },
  {
    from: /^apps\/(workspace|widget|helpcenter|playground)\/src\/features\/([\w-]+)\//,
    allows: (target, [app, feature]) =>
      target.startsWith(`apps/${app}/src/features/${feature}/`) ||
      target.startsWith(`apps/${app}/src/shared/`) ||
      isProtocol(target) ||
      isFrontEndLibrary(target),
  },
  {
    from: /^apps\/(workspace|widget|helpcenter|playground)\/src\/shared\//,
    allows: (target, [app]) =>
      (target.startsWith(`apps/${app}/src/`) && !/\/src\/(features|app)\//.test(target)) ||
      isProtocol(target) ||
      isFrontEndLibrary(target),
  },
  {
    from: /^apps\/(workspace|widget|helpcenter|playground)\/src\//,
    allows: (target, [app]) => target.startsWith(`apps/${app}/`) || isProtocol(target) || isFrontEndLibrary(target),
  },
]

function isLowerModule(module: string, target: string): boolean {
  const other = levelOf(target.slice(1))
  return target.startsWith('#') && other >= 0 && other < levelOf(module)
}

export function importViolations(files: SourceFile[]): string[] {
  const checked = files.filter((file) => !isTest(file.path))
  return [...checked.flatMap(misplaced), ...checked.flatMap(forbiddenImports)]
}

function forbiddenImports({ path, imports }: SourceFile): string[] {
  const rule = rules.find(({ from }) => from.test(path))
  const groups = rule?.from.exec(path)?.slice(1) ?? []
  return imports
    .filter((imported) => rule && !rule.allows(imported.target, groups, imported))
    .map((imported) => `${path} may not import ${imported.target}${imported.typeOnly ? ' (type)' : ''}`)
}

function misplaced({ path }: SourceFile): string[] {
  const module = /^apps\/server\/src\/modules\/([^/]+)\//.exec(path)?.[1]
  return module && levelOf(module) < 0 ? [`${path}: the module ${module} has no place in moduleOrder`] : []
}
