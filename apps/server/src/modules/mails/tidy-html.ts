import { splitHtml } from '@qiao/mail'
import { type CleanHtml, cleanHtml } from './clean-html.ts'

export interface Wanted {
  html: string
  /** History and signature are kept apart. */
  splits: boolean
}

export interface Tidy {
  own: CleanHtml
  signature: CleanHtml | null
  quoted: CleanHtml | null
}

export function tidyHtml({ html, splits }: Wanted): Tidy {
  const { own, signature, quoted } = splits ? splitHtml(html) : { own: html, signature: null, quoted: null }
  return { own: cleanHtml(own), signature: cleanedOrNull(signature), quoted: cleanedOrNull(quoted) }
}

const cleanedOrNull = (html: string | null): CleanHtml | null => (html === null ? null : cleanHtml(html))
