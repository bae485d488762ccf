import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { codeOf } from '../thrown.ts'
import { renderGuide } from './guide-page.ts'
import { referencePolicy } from './serve-reference.ts'

const guideParams = z.object({ page: z.string().regex(/^[a-z0-9-]{1,60}$/) })

/** `/api/docs/channels/telegram`: how to get a provider's credentials, for whoever sets a channel up. */
export function serveGuides(app: FastifyInstance, folder: string): void {
  app.get('/api/docs/channels/:page', async (request, reply) => {
    const { data } = guideParams.safeParse(request.params)
    if (!data) throw new AppError('not-found')
    const source = await readFile(join(folder, `${data.page}.md`), 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') throw new AppError('not-found')
      throw error
    })
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', referencePolicy)
      .send(renderGuide(source))
  })
}
