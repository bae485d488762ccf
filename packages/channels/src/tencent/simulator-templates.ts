import { z } from 'zod'
import { createQuota, type SimulatedTemplate } from '../families/sms-cn/simulator.ts'
import type { Json } from '../json.ts'

type Refused = [code: string, message: string]
export type Filed = { code: string } | { refused: Refused }

const kinds = [null, 'promotion', 'notification', 'verification'] as const
const asked = z.strictObject({
  TemplateId: z.int().optional(),
  TemplateName: z.string().min(1),
  TemplateContent: z.string().min(1).max(500),
  SmsType: z.int().min(1).max(3),
  International: z.literal(0),
  Remark: z.string().min(1),
})
const removed = z.strictObject({ TemplateId: z.int() })

/** Places are numbered from 1 without a gap, do not touch, and are not all that there is. */
function isWellFormed(text: string): boolean {
  const numbers = [...new Set([...text.matchAll(/\{(\d+)\}/gu)].map(([, number]) => Number(number)))]
  const inOrder = numbers.toSorted((one, other) => one - other).every((number, at) => number === at + 1)
  const words = text.replaceAll(/\{\d+\}/gu, '')
  return inOrder && words.trim() !== '' && !/[{}【】]/u.test(words) && !/\}\s*\{/u.test(text)
}

/**
 * AddSmsTemplate (2 calls a second), ModifySmsTemplate and DeleteSmsTemplate (1 each). Names with «驳回» in them are
 * rejected, those with «慢» wait for `review`, the others are approved at once.
 */
export function createTemplateDesk(templates: SimulatedTemplate[], now: () => Date) {
  const quota = createQuota(now)
  let last = 2_000_000
  const invalid: { refused: Refused } = { refused: ['InvalidParameterValue.InvalidTemplateFormat', 'template format'] }
  const tooFast = (action: string, most: number): { refused: Refused } | null => {
    const limit = { ms: 1000, most, code: 'RequestLimitExceeded', words: `more than ${most} calls a second` }
    const broken = quota(action, [limit])
    return broken ? { refused: [broken.code, broken.words] } : null
  }

  function file(template: SimulatedTemplate): Filed {
    const { title = '', code } = template
    if (!title.includes('慢')) template.state = title.includes('驳回') ? 'rejected' : 'approved'
    if (template.state === 'rejected') template.reason = '模板内容不符合规范'
    return { code }
  }
  function read(body: Json) {
    const { data } = asked.safeParse(body)
    const kind = kinds[data?.SmsType ?? 0]
    if (!data || !kind || !isWellFormed(data.TemplateContent)) return null
    const longest = kind === 'verification' ? 6 : 30
    return { id: data.TemplateId, template: { title: data.TemplateName, text: data.TemplateContent, kind, longest } }
  }

  return {
    add(body: Json): Filed {
      const fast = tooFast('AddSmsTemplate', 2)
      if (fast) return fast
      const given = read(body)
      if (!given) return invalid
      if (templates.length >= 200) return { refused: ['FailedOperation.TemplateNumberLimit', 'template number limit'] }
      const made: SimulatedTemplate = { ...given.template, code: `${(last += 1)}`, state: 'pending' }
      templates.push(made)
      return file(made)
    },
    modify(body: Json): Filed {
      const fast = tooFast('ModifySmsTemplate', 1)
      if (fast) return fast
      const given = read(body)
      if (!given) return invalid
      const known = templates.find(({ code }) => code === String(given.id))
      if (!known) return { refused: ['FailedOperation.MissingTemplateToModify', 'template does not exist'] }
      if (known.state === 'approved')
        return { refused: ['FailedOperation.TemplateAlreadyPassedCheck', 'template already passed check'] }
      return file(Object.assign(known, given.template, { state: 'pending', reason: undefined }))
    },
    remove(body: Json): Filed {
      const fast = tooFast('DeleteSmsTemplate', 1)
      if (fast) return fast
      const id = removed.safeParse(body).data?.TemplateId
      const known = templates.find(({ code }) => code === String(id))
      if (!known) return { refused: ['FailedOperation.TemplateIdNotExist', 'template id not exist'] }
      templates.splice(templates.indexOf(known), 1)
      return { code: known.code }
    },
  }
}
