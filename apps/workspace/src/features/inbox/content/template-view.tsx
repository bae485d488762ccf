import { CopyOutlined, ExportOutlined, PhoneOutlined } from '@ant-design/icons'
import type { ContentOf, TemplatePart } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { AttachmentView } from './attachment-view.tsx'
import { LocationView } from './location-view.tsx'
import { MarkupView } from './markup-view.tsx'

interface TemplateViewProps {
  content: ContentOf<'template'>
  onOpenImage: (id: string) => void
}

/** As the customer sees it. Of older ones the words are not told apart. */
export function TemplateView({ content, onOpenImage }: TemplateViewProps) {
  const t = useWords(inboxWords)
  const { name, header, text, parts, buttons = [] } = content
  const whole: readonly TemplatePart[] = parts ?? [
    { part: 'body', text },
    ...buttons.map((label) => ({ part: 'button' as const, text: label })),
  ]
  return (
    <>
      <span className="q-card-meta">{t('content.template', { name })}</span>
      {header?.type === 'location' ? <LocationView content={header} /> : null}
      {header && header.type !== 'location' ? (
        <AttachmentView kind={header.type} reference={header.attachment} onOpenImage={onOpenImage} />
      ) : null}
      {whole.map((part, at) =>
        part.part === 'button' ? (
          // oxlint-disable-next-line react/no-array-index-key -- a button is nothing but its place
          <PressView key={at} button={part} />
        ) : (
          <div key={part.part} className={`q-template-part is-${part.part}`}>
            <MarkupView text={part.text} markup="none" />
          </div>
        ),
      )}
    </>
  )
}

const icons = { reply: null, url: <ExportOutlined />, phone: <PhoneOutlined />, code: <CopyOutlined /> }

/** What the customer can press; where it leads is for the agent to see. */
function PressView({ button: { text, does = 'reply', url, code } }: { button: TemplatePart }) {
  const more = url ?? code
  return (
    <span className="q-template-button">
      {icons[does]} {text}
      {more ? <small>{more}</small> : null}
    </span>
  )
}
