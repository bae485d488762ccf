import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { reminderWords } from './reminder-words.ts'

const current = (): NotificationPermission | 'unsupported' =>
  typeof Notification === 'undefined' ? 'unsupported' : Notification.permission

/** What the browser thinks of desktop notifications, and the way to allow them. Nothing when they are allowed. */
export function NotificationPermission() {
  const t = useWords(reminderWords)
  const [state, setState] = useState(current)
  if (state === 'granted') return null
  return (
    <p className="q-note" style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, maxWidth: 694 }}>
      <span style={{ flex: '1 1 240px' }}>{t(`permission.${state}`)}</span>
      {state === 'default' ? (
        <Button size="small" onClick={() => void Notification.requestPermission().then(setState)}>
          {t('permission.ask')}
        </Button>
      ) : null}
    </p>
  )
}
