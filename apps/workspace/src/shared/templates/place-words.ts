import type { MessageTemplate, TemplatePlace } from '@qiao/protocol'
import { defineWords } from '../i18n.ts'

const zh = {
  body: '变量 {{name}}',
  header: '标题的变量 {{name}}',
  url: '按钮“{{button}}”的网址结尾',
  code: '按钮“{{button}}”复制的代码',
  example: '例如：{{example}}',
  before: '网址开头：{{before}}',
}
const en: Record<keyof typeof zh, string> = {
  body: 'Variable {{name}}',
  header: 'Variable {{name}} of the header',
  url: 'End of the address behind “{{button}}”',
  code: 'Code that “{{button}}” copies',
  example: 'For example: {{example}}',
  before: 'The address begins with {{before}}',
}
export const placeWords = defineWords('template-places', { 'zh-CN': zh, en })
type Say = (key: keyof typeof zh, values?: Record<string, string>) => string

type Shown = Pick<MessageTemplate, 'parameters' | 'places' | 'components'>

const buttonOf = ({ components }: Shown, { button }: TemplatePlace) =>
  components.filter(({ part }) => part === 'button')[button ?? 0]

/** Which place it is, so that nobody has to count: the part, and the words on its button. */
export function placeLabel(template: Shown, at: number, t: Say): string {
  const place = template.places[at]
  if (!place) return t('body', { name: template.parameters[at] ?? '' })
  if (place.part === 'button')
    return t(place.does === 'code' ? 'code' : 'url', { button: buttonOf(template, place)?.text ?? '' })
  return t(place.part === 'header' ? 'header' : 'body', { name: place.name })
}

/** What the provider was shown when it was approved, and what stands before the end of an address. */
export function placeHint(template: Shown, at: number, t: Say): string | undefined {
  const place = template.places[at]
  if (!place) return undefined
  const [before] = (place.does === 'url' && buttonOf(template, place)?.url?.split('{{')) || []
  const lines = [
    ...(before ? [t('before', { before })] : []),
    ...(place.example ? [t('example', { example: place.example })] : []),
  ]
  return lines.length > 0 ? lines.join(' · ') : undefined
}
