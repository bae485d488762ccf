import { mailAcknowledgementText, type MailAcknowledgementSettings, type ToFillIn } from '@qiao/protocol'

/** Japanese is written with characters of Chinese as well, Chinese never with kana. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh-CN'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/[ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu, 'vi'],
]

/** Of languages with Latin letters nothing is known but Vietnamese. */
function languageOf(written: string, { defaultLocale }: MailAcknowledgementSettings): string {
  const found = scripts.find(([script]) => script.test(written))?.[1] ?? 'en'
  return found === 'zh-CN' && defaultLocale === 'zh-TW' ? defaultLocale : found
}

/** In the writer's language where it is known, else as far as their letters show it: the company's words, or else ours. */
export function acknowledgementWords(
  settings: MailAcknowledgementSettings,
  { language: known, written }: { language: string | null; written: string },
  values: ToFillIn,
): string {
  return mailAcknowledgementText(settings, known ?? languageOf(written, settings), values)
}
