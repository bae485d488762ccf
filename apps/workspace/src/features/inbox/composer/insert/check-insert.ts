import {
  type ContentOf,
  type InsertDraft,
  type InsertKind,
  type InsertOf,
  maxTextLength,
  type ReplyPolicy,
  webUrl,
} from '@qiao/protocol'
import { pointIn } from '../point-in.ts'

export const insertKinds = ['menu', 'card', 'place', 'contact'] as const satisfies readonly InsertKind[]
/** As what each is sent. */
export const contentTypes = { menu: 'menu', card: 'card', place: 'location', contact: 'contact' } as const
export type InsertContent = ContentOf<(typeof contentTypes)[InsertKind]>

export const emptyInsert: { [Kind in InsertKind]: InsertOf<Kind> } = {
  menu: { text: '', options: ['', ''] },
  card: { title: '', text: '', imageUrl: '', links: [{ label: '', url: '' }], appId: '', path: '' },
  place: { title: '', address: '', point: '' },
  contact: { name: '', organisation: '', phones: '', emails: '' },
}

export type InsertError =
  | 'oneOfThem'
  | 'fiveLines'
  | 'noMail'
  | 'needed'
  | 'tooLong'
  | 'twoOptions'
  | 'sameOption'
  | 'noAddress'
  | 'noPoint'
  | 'noAppId'
/** By field: `title`, `options.2`, `links.0.url`. */
export type InsertErrors = Readonly<Record<string, InsertError>>
export type Checked = { content: InsertContent } | { errors: InsertErrors }

/** Of which mini programs cards can open a page; undefined where there are no such cards. */
export type MiniPrograms = NonNullable<ReplyPolicy['limits']>['miniPrograms']

/** What stands in the fields as a message, or what is wrong with which of them. */
export function checkInsert(kind: InsertKind, insert: InsertDraft, pages?: MiniPrograms): Checked {
  switch (kind) {
    case 'menu':
      return checkMenu(insert.menu ?? emptyInsert.menu)
    case 'card':
      return checkCard(insert.card ?? emptyInsert.card, pages)
    case 'place':
      return checkPlace(insert.place ?? emptyInsert.place)
    case 'contact':
      return checkContact(insert.contact ?? emptyInsert.contact)
    default:
      return kind satisfies never
  }
}

type Found = readonly (readonly [field: string, error: InsertError | null])[]
const result = (found: Found, content: () => InsertContent): Checked => {
  const errors = found.flatMap(([field, error]) => (error ? [[field, error] as const] : []))
  return errors.length > 0 ? { errors: Object.fromEntries(errors) } : { content: content() }
}
const within = (text: string, most: number): InsertError | null => (text.trim().length > most ? 'tooLong' : null)
const needed = (text: string, most: number): InsertError | null => (text.trim() === '' ? 'needed' : within(text, most))
const isAddress = (text: string): boolean => webUrl.safeParse(text.trim()).success

function checkMenu({ text, options }: InsertOf<'menu'>): Checked {
  const labels = options.map((option) => option.trim())
  const filled = labels.filter((label) => label !== '')
  const firstEmpty = Math.max(0, labels.indexOf(''))
  const found: Found = [
    ['text', needed(text, maxTextLength)],
    ...(filled.length < 2 ? [[`options.${firstEmpty}`, 'twoOptions'] as const] : []),
    ...labels.map((label, at) => {
      const isSame = label !== '' && labels.indexOf(label) < at
      return [`options.${at}`, isSame ? 'sameOption' : within(label, 100)] as const
    }),
  ]
  return result(found, () => ({
    type: 'menu',
    text: text.trim(),
    style: 'list',
    options: filled.map((label, at) => ({ id: String(at + 1), label })),
  }))
}

function checkCard({ title, text, imageUrl, links, ...typed }: InsertOf<'card'>, pages: MiniPrograms): Checked {
  const appId = pages === 'any' ? (typed.appId ?? '').trim() : ''
  const path = pages ? (typed.path ?? '').trim() : ''
  const isUsed = ({ label, url }: (typeof links)[number]): boolean => label.trim() !== '' || url.trim() !== ''
  const found: Found = [
    ['title', needed(title, 200)],
    ['imageUrl', imageUrl.trim() === '' || isAddress(imageUrl) ? null : 'noAddress'],
    ...links.flatMap((link, at) =>
      isUsed(link)
        ? ([
            [`links.${at}.label`, needed(link.label, 60)],
            [`links.${at}.url`, isAddress(link.url) ? null : 'noAddress'],
          ] as const)
        : [],
    ),
    ['appId', pages !== 'any' || appId + path === '' || /^wx[0-9A-Za-z]{1,30}$/u.test(appId) ? null : 'noAppId'],
    ['path', within(path, 1024)],
  ]
  return result(found, () => ({
    type: 'card',
    title: title.trim(),
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(imageUrl.trim() ? { imageUrl: imageUrl.trim() } : {}),
    buttons: links.filter(isUsed).map(({ label, url }) => ({ label: label.trim(), url: url.trim() })),
    ...(appId + path === '' ? {} : { miniProgram: { ...(appId ? { appId } : {}), path } }),
  }))
}

function checkPlace({ title, address, point }: InsertOf<'place'>): Checked {
  const where = pointIn(point)
  const found: Found = [
    ['title', within(title, 200)],
    ['address', within(address, 500)],
    ['point', where ? null : 'noPoint'],
  ]
  return result(found, () => ({
    type: 'location',
    latitude: where?.latitude ?? 0,
    longitude: where?.longitude ?? 0,
    ...(title.trim() ? { title: title.trim() } : {}),
    ...(address.trim() ? { address: address.trim() } : {}),
  }))
}

const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function checkContact({ name, organisation, phones, emails }: InsertOf<'contact'>): Checked {
  const [numbers, addresses] = [linesIn(phones), linesIn(emails)]
  const found: Found = [
    ['name', needed(name, 200)],
    ['organisation', within(organisation, 200)],
    ['phones', numbers.length + addresses.length === 0 ? 'oneOfThem' : listed(numbers, 40)],
    ['emails', addresses.some((line) => !/^\S+@\S+\.\S+$/u.test(line)) ? 'noMail' : listed(addresses, 320)],
  ]
  return result(found, () => ({
    type: 'contact',
    name: name.trim(),
    phones: numbers,
    emails: addresses,
    ...(organisation.trim() ? { organisation: organisation.trim() } : {}),
  }))
}

const listed = (lines: readonly string[], most: number): InsertError | null =>
  lines.length > 5 ? 'fiveLines' : lines.some((line) => line.length > most) ? 'tooLong' : null
