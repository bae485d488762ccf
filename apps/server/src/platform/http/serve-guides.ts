import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { codeOf } from '../thrown.ts'
import { renderGuide } from './guide-page.ts'
import { referencePolicy } from './serve-reference.ts'

const guideParams = z.object({ page: z.string().regex(/^[a-z0-9-]{1,60}$/) })

/**
 * `/api/docs/channels/telegram`: how to get a provider's credentials, for whoever sets a channel up. Our own pages stand in
 * docs/channels; a channel that somebody adds can bring its page along in its folder.
 */
export function serveGuides(app: FastifyInstance, root: string): void {
  const paths = (page: string) => [
    join(root, 'docs/channels', `${page}.md`),
    join(root, 'packages/channels/src', page, 'guide.md'),
  ]
  app.get('/api/docs/channels/:page', async (request, reply) => {
    const { data } = guideParams.safeParse(request.params)
    if (!data) throw new AppError('not-found')
    const source = await firstOf(paths(data.page))
    if (source === null) throw new AppError('not-found')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', referencePolicy)
      .send(renderGuide(source))
  })
}

async function firstOf(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const source = await readFile(path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null
      throw error
    })
    if (source !== null) return source
  }
  return null
}
