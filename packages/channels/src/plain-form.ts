import { contentToText, type MessageContent } from '@qiao/protocol'

interface PlainOptions {
  /** Addresses of attachments, by id. */
  links: Readonly<Record<string, string>>
  language?: string | undefined
}

const wordsOf = {
  zh: { choose: '请回复数字选择', total: '合计', location: '位置' },
  en: { choose: 'Reply with the number', total: 'Total', location: 'Location' },
}

const lines = (...parts: (string | undefined | null)[]): string => parts.filter((part) => part).join('\n')
/** Minor units are hundredths of most currencies, of the yen the yen itself, of the dinar thousandths. */
function money(minorUnits: number | undefined, currency: string | undefined): string | undefined {
  if (minorUnits === undefined || currency === undefined) return undefined
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return `${(minorUnits / 10 ** digits).toFixed(digits)} ${currency}`
}

/** Any content as words and links, for channels that cannot show it as what it is. */
export function plainForm(content: MessageContent, { links, language = 'zh' }: PlainOptions): string {
  const words = language.startsWith('zh') ? wordsOf.zh : wordsOf.en
  switch (content.type) {
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return lines(content.caption, `${content.attachment.name} ${links[content.attachment.id] ?? ''}`.trim())
    case 'location': {
      const { latitude, longitude, title, address } = content
      const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
      return lines(title ?? words.location, address, map)
    }
    case 'contact':
      return lines(content.name, content.organisation, ...content.phones, ...content.emails)
    case 'card':
      return lines(content.title, content.text, ...content.buttons.map(({ label, url }) => `${label}: ${url}`))
    case 'menu':
      return lines(content.text, ...content.options.map(({ label }, at) => `${at + 1}. ${label}`), words.choose)
    case 'form':
      return lines(content.title, ...content.fields.map(({ label }, at) => `${at + 1}. ${label}`))
    case 'product':
      return lines(content.title, content.text, money(content.priceMinorUnits, content.currency), content.url)
    case 'order': {
      const total = money(content.totalMinorUnits, content.currency)
      return lines(
        `${content.number} · ${content.status}`,
        ...content.lines.map(({ title, quantity }) => `${title} × ${quantity}`),
        total ? `${words.total} ${total}` : undefined,
        content.url,
      )
    }
    case 'mail':
      return lines(
        content.subject,
        content.text,
        ...content.attachments.map(({ id, name }) => `${name} ${links[id] ?? ''}`.trim()),
      )
    case 'article':
      return lines(content.title, content.excerpt, content.url)
    default:
      return contentToText(content)
  }
}
