import { createInstance } from 'i18next'
import { createContext, useCallback, useContext } from 'react'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

export const i18n = createInstance()
void i18n.init({
  lng: 'zh-CN',
  fallbackLng: 'en',
  resources: {},
  ns: [],
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  initAsync: false,
})

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
  for (const language of languages) i18n.addResourceBundle(language, namespace, words[language])
  return { namespace, 'zh-CN': words['zh-CN'], en: words.en }
}

/** Words without a number or a name in them, once looked up: a screen asks for hundreds at each turn. */
const plain = new Map<string, string>()

function plainly(namespace: string, key: string, language: string): string {
  const name = `${language}/${namespace}/${key}`
  const known = plain.get(name) ?? i18n.t(key, { ns: namespace, lng: language, skipInterpolation: true })
  plain.set(name, known)
  return known
}

/** Numbers choose a form of the language; names alone are put into words that are held: a row of the list has five. */
function lookUp(words: Words, key: string, parameters?: Parameters, language: string = i18n.language): string {
  const { namespace } = words
  if (!parameters) return plainly(namespace, key, language)
  if ('count' in parameters) return i18n.t(key, { ...parameters, ns: namespace, lng: language })
  return plainly(namespace, key, language).replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) =>
    String(parameters[name] ?? ''),
  )
}

export type Translate<Key extends string> = (key: Key, parameters?: Parameters) => string

/** A context and no subscription: a screen has hundreds of components with words, and each is mounted often. */
export const LanguageContext = createContext<Language | null>(null)

export function useWords<Key extends string>(words: Words<Key>): Translate<Key> {
  const language = useContext(LanguageContext) ?? currentLanguage()
  return useCallback((key: Key, parameters?: Parameters) => lookUp(words, key, parameters, language), [words, language])
}

/** Words outside components: document title, notifications. */
export const translate = <Key extends string>(words: Words<Key>, key: Key, parameters?: Parameters): string =>
  lookUp(words, key, parameters)

export function setLanguage(language: Language): void {
  document.documentElement.lang = language
  if (i18n.language !== language) void i18n.changeLanguage(language)
}
export const currentLanguage = (): Language => (i18n.language === 'en' ? 'en' : 'zh-CN')
