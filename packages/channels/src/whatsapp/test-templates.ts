import { ok } from 'node:assert/strict'
import type { ContentOf } from '@qiao/protocol'
import type { Context, Template } from '../contract.ts'
import type { Config } from './config.ts'
import { list } from './templates.ts'

/** For tests: a template as the provider lists it. */
export async function listedOne(context: Context<Config>, name: string): Promise<Template> {
  const listed = await list(context)
  const found = Array.isArray(listed) ? listed.find((one) => one.name === name) : undefined
  ok(found)
  return found
}

/** As the server fills one in. */
export const filled = (
  { name, language, places = [], components = [] }: Template,
  parameters: string[],
  more: Partial<ContentOf<'template'>> = {},
): ContentOf<'template'> => ({
  type: 'template',
  name,
  language,
  text: '-',
  parameters,
  places: [...places],
  parts: [...components],
  ...more,
})
