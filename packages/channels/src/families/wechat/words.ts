import { type Inline, parseMarkup } from '@qiao/protocol'
import type { Problem } from '../../problem.ts'

/** WeChat knows no bold; a link with a label is one of HTML where `links` says so, else the address stands behind it. */
export function wechatText(text: string, links: 'html' | 'plain'): string {
  return parseMarkup(text)
    .map((block) => {
      if (block.type === 'code') return block.text
      if (block.type !== 'list') return inlines(block.children, links)
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${inlines(item, links)}`).join('\n')
    })
    .join('\n')
}

const inlines = (children: readonly Inline[], links: 'html' | 'plain'): string =>
  children
    .map((part) => {
      if (!('children' in part)) return part.text
      const label = inlines(part.children, links)
      if (part.type !== 'link' || label === part.url) return label
      return links === 'html' ? `<a href="${part.url.replaceAll('"', '%22')}">${label}</a>` : `${label} ${part.url}`
    })
    .join('')

/** No answer of theirs repeats a secret to those who read logs. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((cleaned, secret) => (secret === '' ? cleaned : cleaned.replaceAll(secret, '…')), text).slice(0, 500)

export const problem = (code: Problem['code'], detail?: string, providerCode?: string): Problem => ({
  code,
  ...(detail ? { detail } : {}),
  ...(providerCode ? { providerCode } : {}),
})

/** A text of theirs or of ours that may have another shape. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
