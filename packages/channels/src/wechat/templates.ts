import { z } from 'zod'
import type { Context, Template } from '../contract.ts'
import type { Problem } from '../problem.ts'
import { callApi, problemOf } from '../families/wechat/api.ts'
import { platform } from '../families/wechat/platform.ts'
import { problem } from '../families/wechat/words.ts'
import type { Config } from './config.ts'

/** Templates of the account, and subscription notices under names that begin with `subscribe:`. */

const ofAccount = z.object({
  template_list: z
    .array(z.object({ template_id: z.string(), title: z.string().catch(''), content: z.string() }))
    .catch([]),
})
const notices = z.object({
  data: z.array(z.object({ priTmplId: z.string(), title: z.string().catch(''), content: z.string() })).catch([]),
})

export async function listTemplates(context: Context<Config>): Promise<Template[] | Problem> {
  const answer = await callApi(context, platform, { path: 'cgi-bin/template/get_all_private_template' })
  const more = await callApi(context, platform, { path: 'wxaapi/newtmpl/gettemplate' })
  // An account may have only one of the two.
  if (answer.kind !== 'ok' && more.kind !== 'ok') return problemOf(answer)
  const own = answer.kind === 'ok' ? ofAccount.parse(answer.value).template_list : []
  const others = more.kind === 'ok' ? notices.parse(more.value).data : []
  return [
    ...own.map(({ template_id: id, title, content }) => templateOf(id, 'template', title, content)),
    ...others.map(({ priTmplId: id, title, content }) => templateOf(`subscribe:${id}`, 'subscription', title, content)),
  ]
}

const blank = /\{\{\s*([A-Za-z]\w*)\.DATA\s*\}\}/gu

function templateOf(name: string, category: string, title: string, content: string): Template {
  return {
    name,
    language: 'zh_CN',
    category,
    state: 'approved',
    text: [title, content.trim().replaceAll(blank, '{{$1}}')].filter(Boolean).join('\n'),
    parameters: [...content.matchAll(blank)].map(([, key = '']) => key),
  }
}

export async function removeTemplate(name: string, context: Context<Config>): Promise<Problem | null> {
  const notice = name.startsWith('subscribe:')
  const id = notice ? name.slice('subscribe:'.length) : name
  if (id === '') return problem('template-refused', 'A template without an id')
  const answer = await callApi(
    context,
    platform,
    notice
      ? { path: 'wxaapi/newtmpl/deltemplate', json: { priTmplId: id } }
      : { path: 'cgi-bin/template/del_private_template', json: { template_id: id } },
  )
  return answer.kind === 'ok' ? null : problemOf(answer)
}
