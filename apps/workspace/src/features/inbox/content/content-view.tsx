import { PhoneOutlined, VideoCameraOutlined } from '@ant-design/icons'
import type { ContentOf, MessageContent } from '@qiao/protocol'
import type { ReactNode } from 'react'
import { clip } from '../../../shared/bytes.ts'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { AttachmentView } from './attachment-view.tsx'
import { FieldList } from './field-list.tsx'
import { LeftMessageView } from './left-message-view.tsx'
import { LocationView } from './location-view.tsx'
import { MarkupView } from './markup-view.tsx'
import { Out } from './out.tsx'
import { TemplateView } from './template-view.tsx'
import './content.css'

interface ContentViewProps {
  content: MessageContent
  onOpenImage: (id: string) => void
}

/** One view for each kind of content. */
export function ContentView({ content, onOpenImage }: ContentViewProps): ReactNode {
  const t = useWords(inboxWords)
  switch (content.type) {
    case 'text':
      return <MarkupView text={content.text} markup={content.markup} />
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return (
        <>
          <AttachmentView kind={content.type} reference={content.attachment} onOpenImage={onOpenImage} />
          {content.caption ? <MarkupView text={content.caption} markup="none" /> : null}
        </>
      )
    case 'location':
      return <LocationView content={content} />
    case 'contact':
      return (
        <Fields
          title={`${t('content.contact')} · ${content.name}`}
          rows={[
            ...(content.organisation ? [[t('content.organisation'), content.organisation] as [string, string]] : []),
            ...content.phones.map((phone): [string, string] => [t('content.phone'), phone]),
            ...content.emails.map((email): [string, string] => [t('content.email'), email]),
          ]}
        />
      )
    case 'card':
      return (
        <Card title={content.title} text={content.text} imageUrl={content.imageUrl}>
          {content.miniProgram ? (
            <span className="q-card-meta">
              {t('content.miniProgram', {
                page: `${content.miniProgram.appId ?? ''} ${content.miniProgram.path}`.trim(),
              })}
            </span>
          ) : null}
          {content.buttons.map((button) => (
            <Out key={button.url} url={button.url} label={button.label} />
          ))}
        </Card>
      )
    case 'menu':
      return (
        <div className="q-menu-content">
          <MarkupView text={content.text} markup="none" />
          <ol aria-label={t('content.menu')}>
            {content.options.map((option) => (
              <li key={option.id}>{option.label}</li>
            ))}
          </ol>
        </div>
      )
    case 'form':
      return (
        <Fields
          title={`${t('content.form')} · ${content.title}`}
          rows={content.fields.map((field) => [field.label, ''])}
        />
      )
    case 'form-response':
      return <Fields title={content.title} rows={content.values.map((field) => [field.label, field.value])} />
    case 'product':
      return (
        <Card title={content.title} text={content.text} imageUrl={content.imageUrl}>
          <span className="q-card-meta">
            {content.sku ? t('content.sku', { sku: content.sku }) : ''}{' '}
            {money(content.priceMinorUnits, content.currency)}
          </span>
          {content.url ? <Out url={content.url} label={t('content.open')} /> : null}
        </Card>
      )
    case 'order':
      return <OrderView content={content} />
    case 'article':
      return (
        <Card title={content.title} text={content.excerpt} imageUrl={content.imageUrl}>
          <Out url={content.url} label={t('content.open')} />
        </Card>
      )
    case 'call':
      return <CallView content={content} onOpenImage={onOpenImage} />
    case 'template':
      return <TemplateView content={content} onOpenImage={onOpenImage} />
    case 'mail':
      return <MarkupView text={`${content.subject}\n\n${content.text}`} markup="none" />
    case 'left-message':
      return <LeftMessageView content={content} onOpenImage={onOpenImage} />
    case 'unsupported':
      return <em>{t('content.unsupported', { summary: content.summary })}</em>
    default:
      return content satisfies never
  }
}

/** Minor units by the currency's own digits: yen has none. */
export function money(minorUnits: number | undefined, currency: string | undefined): string {
  if (minorUnits === undefined) return ''
  if (!currency) return String(minorUnits)
  const format = new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency })
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

interface CardProps {
  title: string
  text: string | undefined
  imageUrl: string | undefined
  children: ReactNode
}
function Card({ title, text, imageUrl, children }: CardProps) {
  return (
    <div className="q-card">
      {imageUrl ? <img src={imageUrl} alt="" loading="lazy" referrerPolicy="no-referrer" /> : null}
      <strong>{title}</strong>
      {text ? <MarkupView text={text} markup="none" /> : null}
      {children}
    </div>
  )
}

function Fields({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <div className="q-card">
      <strong>{title}</strong>
      <FieldList rows={rows} />
    </div>
  )
}

function OrderView({ content }: { content: ContentOf<'order'> }) {
  const t = useWords(inboxWords)
  const total = money(content.totalMinorUnits, content.currency)
  return (
    <div className="q-card">
      <strong>
        {t('content.order', { number: content.number })} · {content.status}
      </strong>
      <ul>
        {content.lines.map((line) => (
          <li key={line.title}>
            {line.title} × {line.quantity}
          </li>
        ))}
      </ul>
      {total ? <span className="q-card-meta">{t('content.total', { amount: total })}</span> : null}
      {content.url ? <Out url={content.url} label={t('content.open')} /> : null}
    </div>
  )
}

function CallView({ content, onOpenImage }: { content: ContentOf<'call'>; onOpenImage: (id: string) => void }) {
  const t = useWords(inboxWords)
  const title = content.medium === 'voice' ? t('content.voiceCall') : t('content.videoCall')
  const time = clip(content.durationSeconds * 1000)
  return (
    <div className="q-card">
      <strong>
        {content.medium === 'voice' ? <PhoneOutlined /> : <VideoCameraOutlined />} {title} ·{' '}
        {t(`content.call.${content.outcome}`, { time })}
      </strong>
      {content.recording ? (
        <AttachmentView kind="audio" reference={content.recording} onOpenImage={onOpenImage} />
      ) : null}
    </div>
  )
}
