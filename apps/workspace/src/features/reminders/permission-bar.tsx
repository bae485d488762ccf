import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { useMe } from '../../shared/session.ts'
import { reminderWords } from './words.ts'

const key = 'qiao.notifications-asked'

/** Asks once, in words, before the browser does; nobody grants what pops up unexplained. */
export function PermissionBar() {
  const t = useWords(reminderWords)
  const me = useMe()
  const [asked, setAsked] = useState(() => localStorage.getItem(key) !== null)
  const wanted = Object.values(me.preferences.reminders).some(({ desktop }) => desktop)
  if (asked || !wanted || !('Notification' in window) || Notification.permission !== 'default') return null
  const answer = (): void => {
    localStorage.setItem(key, 'yes')
    setAsked(true)
  }
  return (
    <section className="q-bar" aria-label={t('allow')}>
      <span>{t('allow')}</span>
      <Button
        size="small"
        type="link"
        onClick={() => {
          answer()
          void Notification.requestPermission()
        }}
      >
        {t('allowYes')}
      </Button>
      <Button size="small" type="text" onClick={answer}>
        {t('allowNo')}
      </Button>
    </section>
  )
}
