import { createContext, useCallback, useContext } from 'react'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** The language that is spoken now, for what is no component. */
export const i18n = {
  language: 'zh-CN' as Language,
  changeLanguage(language: Language): void {
    i18n.language = language
  },
}

/** English needs `key_one` and `key_other` where a number stands; Chinese has `key_other` alone. */
type BaseKey<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key
type Parameters = Record<string, string | number>

export interface Words<Key extends string = string> {
  readonly namespace: string
  readonly 'zh-CN': Readonly<Record<string, string>>
  readonly en: Readonly<Record<string, string>>
  /** Only carries the type of the keys. */
  readonly keys?: Key
}
export type WordKey<W> = W extends Words<infer Key> ? Key : never

/** Registers a feature's words under its namespace. A key that only one language has does not compile. */
export function defineWords<const Zh extends Record<string, string>, const En extends Record<string, string>>(
  namespace: string,
  words: { 'zh-CN': Zh; en: En } & ([BaseKey<keyof Zh>, BaseKey<keyof En>] extends [
    BaseKey<keyof En>,
    BaseKey<keyof Zh>,
  ]
    ? unknown
    : { missing: Exclude<BaseKey<keyof Zh> | BaseKey<keyof En>, BaseKey<keyof Zh> & BaseKey<keyof En>> }),
): Words<BaseKey<keyof Zh> & string> {
  return { namespace, 'zh-CN': words['zh-CN'], en: words.en }
}

const plurals = new Map<Language, Intl.PluralRules>()
function formOf(language: Language, count: number): string {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, rules)
  return rules.select(count)
}

/** No library: a screen asks for hundreds of words at each turn, and one needed more time for them than for the rest. */
function lookUp(words: Words, key: string, parameters?: Parameters, language: Language = i18n.language): string {
  const known = words[language]
  const count = parameters?.['count']
  const text = (typeof count === 'number' ? known[`${key}_${formOf(language, count)}`] : undefined) ?? known[key] ?? key
  return parameters ? text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(parameters[name] ?? '')) : text
}

export type Translate<Key extends string> = (key: Key, parameters?: Parameters) => string

/** A context and no subscription: a screen has hundreds of components with words, and each is mounted often. */
export const LanguageContext = createContext<Language | null>(null)

export function useWords<Key extends string>(words: Words<Key>): Translate<Key> {
  const language = useContext(LanguageContext) ?? i18n.language
  return useCallback((key: Key, parameters?: Parameters) => lookUp(words, key, parameters, language), [words, language])
}

/** Words outside components: document title, notifications. */
export const translate = <Key extends string>(words: Words<Key>, key: Key, parameters?: Parameters): string =>
  lookUp(words, key, parameters)

export function setLanguage(language: Language): void {
  document.documentElement.lang = language
  i18n.changeLanguage(language)
}
export const currentLanguage = (): Language => i18n.language
