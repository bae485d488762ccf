import { type Header, headerOf } from './header-block.ts'
import type { Auto, AutoKind } from './mail.ts'

/** Subjects of absence notes, at the beginning only: customers write about holidays, too. */
const absence = new RegExp(
  `^\\s*(?:(?:re|aw|sv|antw|vs|odp|回复|答复)\\s*[:：]\\s*)?(?:${[
    'out of (?:the )?office',
    'automatic reply',
    'auto(?:matic)?[ -]?(?:reply|response|responder|antwort)',
    'autoreply',
    'auto:',
    'vacation (?:reply|notice|response)',
    'away from (?:the )?(?:office|my (?:mail|desk))',
    'i am (?:currently )?out of office',
    'abwesenheit(?:snotiz|sbenachrichtigung|sassistent)?\\b',
    'automatische antwort',
    'abwesend',
    'außer haus',
    'réponse automatique',
    'absence du bureau',
    "message d['’]absence",
    'respuesta automática',
    'fuera de (?:la )?oficina',
    'ausente',
    'resposta automática',
    'fora do escritório',
    'ausência (?:temporária|do escritório)',
    'risposta automatica',
    'fuori sede',
    'fuori ufficio',
    'automatisch antwoord',
    'afwezig(?:heid)?\\b',
    'автоответ',
    'автоматический ответ',
    'отсутствие на рабочем месте',
    'автоматична відповідь',
    'automatyczna odpowiedź',
    'autoodpowiedź',
    'odpowiedź automatyczna',
    'autosvar',
    'automatiskt svar',
    'frånvaro',
    'automatisk svar',
    'ikke til stede',
    'automaattinen vastaus',
    'poissa(?:olo| toimistosta)',
    'otomatik yanıt',
    'ofis dışında',
    'automatická odpověď',
    'mimo kancelář',
    'automatikus válasz',
    'răspuns automat',
    'αυτόματη απάντηση',
    'автоматичен отговор',
    'trả lời tự động',
    'vắng mặt',
    'balasan otomatis',
    'ตอบกลับอัตโนมัติ',
    'رد تلقائي',
    'خارج المكتب',
    'תשובה אוטומטית',
    'מענה אוטומטי',
    '自动回复',
    '自動回覆',
    '自動回复',
    '自动答复',
    '休假通知',
    '不在办公室',
    '外出',
    '自動返信',
    '自動応答',
    '不在通知',
    '不在のお知らせ',
    '자동 ?회신',
    '자동 ?응답',
    '부재중',
  ].join('|')})`,
  'iu',
)

/** Whether a person wrote this. `reason` names the header that says not. Order: the most certain first. */
export function autoKind(headers: Header[], subject: string): Auto {
  const of = (name: string) => (headerOf(headers, name) ?? '').toLowerCase().trim()
  const because = (kind: AutoKind, name: string): Auto => ({
    kind,
    reason:
      name === 'subject'
        ? `subject: ${subject.slice(0, 80)}`
        : `${name}: ${(headerOf(headers, name) ?? '').slice(0, 80)}`,
  })
  const submitted = of('auto-submitted')
  const type = of('content-type')
  const suppress = of('x-auto-response-suppress')

  if (submitted.startsWith('auto-replied')) return because('auto-reply', 'auto-submitted')
  for (const name of [
    'x-autoreply',
    'x-autorespond',
    'x-autoresponder',
    'x-autoreply-from',
    'x-mail-autoreply',
    'x-auto-reply-from',
  ]) {
    if (of(name) !== '' && of(name) !== 'no') return because('auto-reply', name)
  }
  for (const name of ['precedence', 'x-precedence'])
    if (/^auto[-_]?reply/.test(of(name))) return because('auto-reply', name)
  if (absence.test(subject) && !isOrdinary(headers, subject)) return because('auto-reply', 'subject')
  if (/x-ms-exchange-inbox-rules-loop/.test(headers.map(({ name }) => name).join(' ')) && /all|oof/.test(suppress))
    return because('auto-reply', 'x-auto-response-suppress')
  if (/report-type="?(?:delivery-status|disposition-notification|feedback-report)/.test(type))
    return because('auto-generated', 'content-type')
  if (submitted !== '' && submitted !== 'no') return because('auto-generated', 'auto-submitted')
  if (of('x-failed-recipients') !== '') return because('auto-generated', 'x-failed-recipients')
  if (/^<\s*>$/.test(of('return-path'))) return because('auto-generated', 'return-path')
  if (/(?:^|[<\s"])(?:mailer-daemon|postmaster|mail-daemon)@/.test(of('from'))) return because('auto-generated', 'from')
  for (const name of ['list-id', 'list-post', 'x-mailing-list', 'x-list', 'mailing-list'])
    if (of(name) !== '') return because('list', name)
  for (const name of ['precedence', 'x-precedence']) {
    if (of(name) === 'list') return because('list', name)
    if (/^(?:bulk|junk|mass)/.test(of(name))) return because('bulk', name)
  }
  for (const name of [
    'list-unsubscribe',
    'feedback-id',
    'x-campaign',
    'x-campaignid',
    'x-mailchimp-id',
    'x-csa-complaints',
  ])
    if (of(name) !== '') return because('bulk', name)
  if (/\b(?:all|autoreply|oof)\b/.test(suppress)) return because('auto-generated', 'x-auto-response-suppress')
  if (of('x-loop') !== '') return because('auto-generated', 'x-loop')
  if (/(?:^|[<\s"])(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply)[^@\s]*@/.test(of('from')))
    return because('auto-generated', 'from')
  return { kind: 'none', reason: null }
}

/** "Re: Out of office" from a mail program that a person used is an answer to the note. */
const isOrdinary = (headers: Header[], subject: string) =>
  /^\s*(?:re|aw|sv|antw|回复|答复)\s*[:：]/i.test(subject) &&
  headerOf(headers, 'auto-submitted') === null &&
  /^<[^>]+>/.test(headerOf(headers, 'in-reply-to') ?? '') &&
  headerOf(headers, 'user-agent') !== null
