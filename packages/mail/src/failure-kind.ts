import type { Bounce } from './mail.ts'

/**
 * Codes that speak of the address and nothing else (RFC 3463): no such mailbox, no such domain, its syntax, it has moved,
 * Exchange's "recipient not found" (5.1.10), a mailbox that is disabled. Others of 5.1 speak of the sender.
 * https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online
 */
const dead = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1)$/
/** Codes that say so little, or are given for so much, that the words decide. */
const vague = /^5\.(?:0\.0|1\.0|2\.0|3\.0|5\.0)$/

const words = (list: readonly string[]) => new RegExp(list.join('|'), 'i')

/** Nobody has this address, in the words of mail servers. */
const nobody = words([
  "(?:user|recipient|mailbox|account|address|alias|addressee)[^.;:\\n]{0,60}(?:unknown|not found|couldn['’]t be found|(?:is |do(?:es)? )?(?:not|n['’]t) (?:exist|known|valid|listed)|doesn['’]t exist|non-?existent|no longer (?:exists|valid|in use)|(?:is |has been )?(?:disabled|deactivated|inactive))",
  'unknown (?:or illegal )?(?:user|recipient|address|alias|mailbox|local[- ]?part)',
  'no such (?:local )?(?:user|recipient|mailbox|account|address|person|alias)',
  'no mailbox (?:here )?by that name',
  'invalid (?:recipient|mailbox)',
  'not a valid (?:mailbox|user|recipient|address)',
  "user doesn['’]t have an? \\S+ account",
  'recipientnotfound',
  '(?:用户|使用者|帐号|账号|帐户|账户|帳號|邮箱|郵箱|收件人|收件者|收件地址|邮件地址|地址).{0,10}(?:不存在|无效|無效|未找到|找不到|有误|错误)',
  '(?:不存在|找不到|未知)(?:的|此|该)?(?:用户|使用者|邮箱|郵箱|收件人|收件者)',
  '查无此人|查無此人',
  '(?:ユーザー?|宛先|メールボックス|アドレス).{0,12}(?:存在しません|存在しない|見つかりません|不明)',
  '(?:수신자|사용자|계정|주소).{0,12}(?:존재하지|찾을 수 없|없습니다)',
  '(?:empfänger|benutzer|adresse|postfach).{0,30}(?:unbekannt|existiert nicht|nicht gefunden)|unbekannter? (?:empfänger|benutzer)',
  "(?:utilisateur|destinataire|adresse|boîte).{0,30}(?:inconnue?|n['’]existe pas|introuvable)",
  '(?:usuario|destinatario|buzón|dirección|cuenta).{0,30}(?:desconocid[oa]|no existe|inexistente)',
  '(?:usuário|destinatário|caixa|endereço|conta).{0,30}(?:desconhecid[oa]|não existe|inexistente)',
  '(?:utente|destinatario|casella|indirizzo).{0,30}(?:sconosciut[oa]|non esiste|inesistente)',
  '(?:пользователь|получатель|адрес|ящик).{0,30}(?:не найден|не существует|неизвестен)',
])
/** Spam, limits, size, time, our own address or server: says nothing of whether somebody has the address. */
const other = words([
  '\\bspam|dt:spm|junk|virus|content|policy|polic(?:y|ies)|blacklist|black.?list|reputation|dmarc|\\bspf\\b|dkim',
  'full|quota|exceed|too (?:large|big|many)|frequency|limit|\\brate\\b|size',
  'temporar|try again|greylist|busy|timed? ?out|expired|connection (?:refused|timed)',
  'sender|mail from|return.?path|helo|relay|authenticat|(?:source|client) (?:ip|host)',
  '(?:空间|容量|邮箱).{0,6}(?:已满|不足|超限)|垃圾|频率|超过|超出|发件人|寄件者|拒收|拒绝|大小',
])

/**
 * `hard`: the address is dead, and nothing more should go there. All else that has failed for good concerns this mail only: a
 * living customer whom we stop writing to is worse than a letter that comes back once more.
 */
export function failureKind(status: string | null, diagnostic: string): Exclude<Bounce['kind'], 'delay'> {
  if (status?.startsWith('4') || /^\s*4\d\d[\s-]/.test(diagnostic)) return 'soft'
  // Gmail gives it to those, too, who get too much mail at this moment.
  if (status === '5.2.1' && /\brate\b/i.test(diagnostic)) return 'soft'
  if (status !== null && dead.test(status)) return 'hard'
  // Exchange Online at the edge: nobody of that name in the directory.
  if (status === '5.4.1' && /recipient address rejected/i.test(diagnostic)) return 'hard'
  const open = status === null || vague.test(status)
  return open && nobody.test(diagnostic) && !other.test(diagnostic) ? 'hard' : 'soft'
}
