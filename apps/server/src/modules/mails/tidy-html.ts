import { splitHtml } from '@qiao/mail'
import { type CleanHtml, cleanHtml } from './clean-html.ts'

export interface Wanted {
  html: string
  /** The history is kept apart. */
  splits: boolean
}

export interface Tidy {
  own: CleanHtml
  quoted: CleanHtml | null
}

export function tidyHtml({ html, splits }: Wanted): Tidy {
  const { own, quoted } = splits ? splitHtml(html) : { own: html, quoted: null }
  return { own: cleanHtml(own), quoted: quoted === null ? null : cleanHtml(quoted) }
}
