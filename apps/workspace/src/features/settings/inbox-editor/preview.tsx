import type { Inbox, WidgetLocale } from '@qiao/protocol'
import { Segmented } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { textOn, texts } from './contrast.ts'
import type { Draft, SectionKey } from './draft.ts'
import { previewWords } from './preview-words.ts'

interface Props {
  inbox: Inbox
  draft: Draft
  locale: WidgetLocale
  section: SectionKey
  /** With a problem the last good look stays: the chat trusts what it is sent. */
  valid: boolean
}

/** The screen of the chat on which the settings at hand are seen. */
const screens: Partial<Record<SectionKey, 'start' | 'thread'>> = {
  'pre-chat': 'start',
  offline: 'start',
  conversation: 'thread',
}

/** The chat itself (apps/widget/src/chat/preview.ts), told of unsaved settings; around it the page and the button that the loader would draw. */
export function Preview({ inbox, draft, locale, section, valid }: Props) {
  const t = useWords(previewWords)
  const frame = useRef<HTMLIFrameElement>(null)
  const [device, setDevice] = useState<'page' | 'phone'>('page')
  const { settings, name } = draft
  const send = useCallback(() => {
    if (!valid) return
    const screen = screens[section] ?? 'home'
    const message = { type: 'qiao:preview', settings, name, locale, screen, away: section === 'offline' }
    frame.current?.contentWindow?.postMessage(message, location.origin)
  }, [settings, name, locale, section, valid])
  useEffect(() => {
    const timer = setTimeout(send, 120)
    return () => clearTimeout(timer)
  }, [send])
  useEffect(() => {
    // The chat says when it is ready to listen; `load` alone comes before its script has run.
    const hear = (event: MessageEvent): void => {
      if (event.origin !== location.origin || event.source !== frame.current?.contentWindow) return
      const data: unknown = event.data
      if (typeof data === 'object' && data && 'type' in data && data.type === 'qiao:preview-ready') send()
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [send])
  const { look } = settings
  const colour = /^#[0-9a-f]{6}$/i.test(look.colour) ? look.colour : inbox.settings.look.colour
  return (
    <aside className="st-preview" aria-label={t('title')}>
      <div className="st-preview-head">
        <span className="q-quiet">{t('live')}</span>
        <Segmented
          size="small"
          aria-label={t('device')}
          value={device}
          onChange={setDevice}
          options={[
            { value: 'page', label: t('page') },
            { value: 'phone', label: t('phone') },
          ]}
        />
      </div>
      <div className={`st-stage st-stage-${device}`} data-side={look.position}>
        {/* Our own page of our own origin, which needs its storage and its server: a sandbox would keep nothing out. */}
        {/* oxlint-disable-next-line react/iframe-missing-sandbox */}
        <iframe
          ref={frame}
          title={t('frame')}
          src={`/chat/${encodeURIComponent(inbox.key)}?preview=1`}
          className="st-stage-chat"
          style={device === 'page' ? { borderRadius: corners(look.variables, 0.9) } : undefined}
        />
        {device === 'page' ? (
          <div
            className="st-stage-launcher"
            aria-hidden="true"
            style={{
              background: colour,
              color: texts[textOn(colour).text],
              borderRadius: corners(look.variables, 1.56),
            }}
          >
            <svg width="20" height="20" viewBox="0 0 24 24">
              <path d="M4 4h16v12H9l-5 4z" fill="currentColor" />
            </svg>
            {look.launcherText ? <span>{look.launcherText}</span> : null}
          </div>
        ) : null}
      </div>
    </aside>
  )
}

/** In proportion to those of a bubble, as the loader draws them (apps/widget/src/loader/styles.ts). */
const corners = (
  { '--qiao-radius': radius }: Draft['settings']['look']['variables'],
  share: number,
): string | undefined => (radius ? `calc(${radius} * ${share})` : undefined)
