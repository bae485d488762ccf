import { createHmac, timingSafeEqual } from 'node:crypto'
import { domainOf } from './address.ts'

/**
 * Names that prove a letter's place: whoever names one has seen what we sent. Made with a key of the account, so that
 * nobody can make them up, and kept as short as mail programs like them.
 */

const macOf = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex')
const plain = (id: string): string => id.replaceAll('-', '').toLowerCase()
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

export const messageIdOf = (key: string, letterId: string, address: string): string =>
  `<q.${plain(letterId)}.${macOf(key, `message ${plain(letterId)}`).slice(0, 24)}@${domainOf(address)}>`

const ofOurForm = /^<q\.([0-9a-f]{32})\.([0-9a-f]{24})@[^<>\s]+>$/iu

/** `other`: no name of ours at all. */
export function judgeMessageId(key: string, messageId: string): 'ours' | 'made-up' | 'other' {
  const [, id = '', mac = ''] = ofOurForm.exec(messageId) ?? []
  if (id === '') return 'other'
  return isSame(macOf(key, `message ${id.toLowerCase()}`).slice(0, 24), mac.toLowerCase()) ? 'ours' : 'made-up'
}

/** Mail allows local parts of 64 letters: long ones get the short form, and the longest none. */
export function replyAddress(key: string, conversationId: string, address: string): string | null {
  const at = address.lastIndexOf('@')
  const id = plain(conversationId)
  const mac = macOf(key, `conversation ${id}`)
  const locals = [`${id}.${mac.slice(0, 20)}`, `${BigInt(`0x${id}`).toString(36)}.${mac.slice(0, 16)}`]
  const fitting = locals.map((tag) => `${address.slice(0, at)}+c.${tag}`).find((local) => local.length <= 64)
  return fitting === undefined ? null : fitting + address.slice(at)
}

const tagged = /^([^@]+)\+c\.([0-9a-z]{1,32})\.([0-9a-f]{16,20})(@.+)$/iu

/** The conversation that an address of ours leads to. */
export function conversationOf(key: string, address: string, own: readonly string[]): string | null {
  const [, local = '', tag = '', mac = '', domain = ''] = tagged.exec(address.toLowerCase()) ?? []
  if (!own.includes(local + domain)) return null
  const id = tag.length === 32 ? tag : hexOf(tag)
  if (!/^[0-9a-f]{32}$/u.test(id) || !isSame(macOf(key, `conversation ${id}`).slice(0, mac.length), mac)) return null
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')
}
const hexOf = (base36: string): string =>
  Array.from(base36)
    .reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
    .toString(16)
    .padStart(32, '0')

/** Whether an address is one of the account's, with or without what follows a `+`. */
export const isOwn = (address: string, own: readonly string[]): boolean =>
  own.includes(address) || own.includes(address.replace(/\+[^@]*@/u, '@'))
