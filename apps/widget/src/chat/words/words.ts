import type { WidgetConfig, WidgetLocale } from '@qiao/protocol/inbox'
import { signal } from '@preact/signals'
import type { Words } from './en.ts'
import { isRightToLeft } from './locale.ts'

/** Each language is a file of its own: a visitor loads one. */
const load: Record<WidgetLocale, () => Promise<{ words: Words }>> = {
  'zh-CN': () => import('./zh-cn.ts'),
  'zh-TW': () => import('./zh-tw.ts'),
  en: () => import('./en.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  de: () => import('./de.ts'),
  'pt-BR': () => import('./pt-br.ts'),
  ru: () => import('./ru.ts'),
  ar: () => import('./ar.ts'),
  vi: () => import('./vi.ts'),
}

export const locale = signal<WidgetLocale>('en')
const words = signal<Words | null>(null)

export async function useLocale(next: WidgetLocale, overrides: WidgetConfig['settings']['words']): Promise<void> {
  const loaded = await load[next]()
  const own = Object.entries(overrides[next] ?? {}).filter(([, text]) => text)
  locale.value = next
  words.value = { ...loaded.words, ...Object.fromEntries(own) }
  document.documentElement.lang = next
  document.documentElement.dir = isRightToLeft(next) ? 'rtl' : 'ltr'
}

export function fill(text: string, values: Record<string, string | number>, language: string): string {
  const form = /^(zero|one|two|few|many|other):/.test(text)
    ? pluralForm(text, Number(values['n'] ?? 0), language)
    : text
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

function pluralForm(text: string, count: number, language: string): string {
  const forms = text.split('|').map((form) => form.split(/:(.*)/s))
  const category = new Intl.PluralRules(language).select(count)
  return (forms.find(([name]) => name === category) ?? forms.at(-1))?.[1] ?? ''
}

/** Empty only before the language is loaded; the screen is drawn after that. */
export const say = (key: keyof Words, values: Record<string, string | number> = {}): string =>
  fill(words.value?.[key] ?? '', values, locale.value)
