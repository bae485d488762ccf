import { createQuota, type SimulatedTemplate } from '../families/sms-cn/simulator.ts'

export const variable = /\$\{([^{}]*)\}/gu
export const kinds = ['verification', 'notification', 'promotion'] as const

type Refused = [code: string, message: string]
export type Filed = { code: string } | { refused: Refused }

/** What TemplateRule knows, by type: https://help.aliyun.com/document_detail/2806243.html (2024-12-30) */
const attributes = {
  verification: ['numberCaptcha', 'characterWithNumber2'],
  others: [
    'phone_number2',
    'time',
    'money',
    'other_number2',
    'name',
    'unit_name',
    'address',
    'license_plate',
    'tracking_number',
    'pick_up_code',
    'link_param',
    'email_address',
    'others',
  ],
}

/**
 * CreateSmsTemplate, UpdateSmsTemplate and DeleteSmsTemplate. Names with «驳回» in them are rejected, those with «慢»
 * wait for `review`, the others are approved as soon as they are filed.
 */
export function createTemplateDesk(
  templates: SimulatedTemplate[],
  { now, signName, decide }: { now: () => Date; signName: string; decide: (template: SimulatedTemplate) => void },
) {
  const quota = createQuota(now)
  let last = 200_000_000
  const find = (query: URLSearchParams) => templates.find(({ code }) => code === query.get('TemplateCode'))
  const missing: { refused: Refused } = { refused: ['isv.SMS_TEMPLATE_ILLEGAL', '模板不存在'] }

  function read(query: URLSearchParams): Omit<SimulatedTemplate, 'code' | 'state'> | { refused: Refused } {
    const [title, text] = [query.get('TemplateName') ?? '', query.get('TemplateContent') ?? '']
    const kind = kinds[Number(query.get('TemplateType') ?? '-1')]
    const no = (code: string, message: string) => ({ refused: [code, message] satisfies Refused })
    if (title === '' || Array.from(title).length > 30) return no('isv.INVALID_PARAMETERS', 'TemplateName')
    if (!kind) return no('isv.INVALID_PARAMETERS', 'TemplateType')
    if (text === '' || Array.from(text).length > 500) return no('isv.TEMPLATE_OVER_LIMIT', '模板字符数量超过限制')
    if (query.get('RelatedSignName') !== signName) return no('isv.SMS_SIGNATURE_ILLEGAL', '该账号下找不到对应签名')
    const names = [...text.matchAll(variable)].map(([, name = '']) => name)
    if (names.some((name) => !/^(?!(?:email|mobile|id|nick|site)$)[A-Za-z]\w{0,24}$/u.test(name)))
      return no('isv.INVALID_PARAMETERS', 'TemplateContent')
    if (kind === 'verification' && names.length > 1)
      return no('template_parameter_count_illegal', '验证码模板仅支持一个验证码作为变量')
    const known = kind === 'verification' ? attributes.verification : attributes.others
    const rule = valuesIn(query.get('TemplateRule') ?? '{}')
    if (!rule || names.some((name) => !known.includes(rule[name] ?? '')) || Object.keys(rule).length !== names.length)
      return no('isv.INVALID_PARAMETERS', 'TemplateRule')
    return { title, text, kind, longest: kind === 'verification' ? 6 : 35 }
  }

  function file(template: SimulatedTemplate): Filed {
    const { title = '', code } = template
    if (!title.includes('慢')) {
      template.state = title.includes('驳回') ? 'rejected' : 'approved'
      if (template.state === 'rejected') template.reason = '模板内容不符合规范'
      decide(template)
    }
    return { code }
  }

  return {
    create(query: URLSearchParams): Filed {
      const asked = read(query)
      if ('refused' in asked) return asked
      const limit = { ms: 86_400_000, most: 100, code: 'isv.SMS_OVER_LIMIT', words: '单日最多申请模板或签名100条' }
      const broken = quota('templates', [limit])
      if (broken) return { refused: [broken.code, broken.words] }
      const made: SimulatedTemplate = { ...asked, code: `SMS_${(last += 1)}`, state: 'pending' }
      templates.push(made)
      return file(made)
    },
    update(query: URLSearchParams): Filed {
      const known = find(query)
      if (!known) return missing
      if (known.state !== 'rejected') return { refused: ['isv.ERROR_TEMPLATE_NOT_MODIFY', '已通过的模板不支持修改'] }
      const asked = read(query)
      if ('refused' in asked) return asked
      return file(Object.assign(known, asked, { state: 'pending', reason: undefined }))
    },
    remove(query: URLSearchParams): Filed {
      const known = find(query)
      if (!known) return missing
      if (known.state === 'pending') return { refused: ['isv.ERROR_TEMPLATE_NOT_DELETE', '审核中的模板，暂时无法删除'] }
      templates.splice(templates.indexOf(known), 1)
      return { code: known.code }
    },
  }
}

export function valuesIn(text: string): Record<string, string> | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const entries = Object.entries(value)
    return entries.every(([, one]) => typeof one === 'string') ? Object.fromEntries(entries) : null
  } catch {
    return null
  }
}
