import { webUrl } from './primitives.ts'
import type { Add, TemplateButton, TemplateDraft, TemplateFault, TemplateRules } from './template-draft.ts'

/** Gives whether it can be looked at closer. */
type Check = (path: TemplateFault['path'], text: string, most: number) => boolean

export function checkButtons(
  { buttons, category }: TemplateDraft,
  { buttons: limits }: TemplateRules,
  add: Add,
  check: Check,
): void {
  if (buttons.length > (limits?.most ?? 0)) add(['buttons'], 'too-many', { most: limits?.most ?? 0 })
  if (!limits) return
  for (const [at, button] of buttons.entries()) {
    const rule = limits.kinds.find(({ kind }) => kind === button.kind)
    const most = rule?.categories?.includes(category) === false ? 0 : (rule?.most ?? 0)
    if (buttons.slice(0, at + 1).filter(({ kind }) => kind === button.kind).length > most)
      add(['buttons', at, 'kind'], 'too-many', { most })
    if (button.kind !== 'code') check(['buttons', at, 'label'], button.label, limits.label)
    checkButton(button, at, limits, add, check)
  }
}

const phone = /^\+\d{6,19}$/

function checkButton(
  button: TemplateButton,
  at: number,
  limits: NonNullable<TemplateRules['buttons']>,
  add: Add,
  check: Check,
): void {
  if (button.kind === 'url' && check(['buttons', at, 'url'], button.url, 2000))
    checkAddress(button, at, limits, add, check)
  if (button.kind === 'phone' && check(['buttons', at, 'phone'], button.phone, 20) && !phone.test(button.phone))
    add(['buttons', at, 'phone'], 'no-phone')
  if (button.kind === 'code') check(['buttons', at, 'example'], button.example, limits.code ?? 0)
}

/** A place can only end an address; the reviewers want to see a whole one. */
function checkAddress(
  { url, example = '' }: Extract<TemplateButton, { kind: 'url' }>,
  at: number,
  { places }: NonNullable<TemplateRules['buttons']>,
  add: Add,
  check: Check,
): void {
  const [, before = url, ending] = (places && /^(.*?)(\{\{\s*1\s*\}\})$/u.exec(url)) || []
  if (/[{}]/u.test(before)) add(['buttons', at, 'url'], 'braces')
  else if (!webUrl.safeParse(before).success) add(['buttons', at, 'url'], 'no-address')
  else if (ending === undefined) return
  else if (check(['buttons', at, 'example'], example, 2000) && (!example.startsWith(before) || example === before))
    add(['buttons', at, 'example'], 'no-address')
}
