import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { type ReminderKind, playReminder, reminderKinds } from '../../shared/reminder-sound.ts'
import { useMe, useUpdatePreferences } from '../../shared/session.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { NotificationPermission } from './notification-permission.tsx'
import { reminderWords } from './reminder-words.ts'
import { SecondsField } from './seconds-field.tsx'

const ways = ['sound', 'desktop', 'title'] as const
const none = { sound: false, desktop: false, title: false }

export function Reminders() {
  const t = useWords(reminderWords)
  const { preferences } = useMe()
  const { reminders } = preferences
  const feedback = useFeedback()
  const update = useUpdatePreferences()
  const [silent, setSilent] = useState(false)
  const set = (change: Partial<typeof preferences>): void => update.mutate(change, { onError: feedback.failed })
  const test = (kind: ReminderKind): void => {
    playReminder(kind).then(
      () => setSilent(false),
      () => setSilent(true),
    )
  }
  const wayName = { sound: t('sound'), desktop: t('desktop'), title: t('tab') }
  return (
    <>
      <p className="q-section-hint">{t('intro')}</p>
      <NotificationPermission />
      <div className="q-table-scroll" style={{ maxWidth: 720, marginBlockEnd: 16 }}>
        <table className="q-table">
          <thead>
            <tr>
              <th scope="col">{t('when')}</th>
              {ways.map((way) => (
                <th key={way} scope="col">
                  {wayName[way]}
                </th>
              ))}
              <th className="q-table-end">
                <span className="sr-only">{t('test')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {reminderKinds.map((kind) => {
              const name = t(`kinds.${kind}`)
              const now = reminders[kind] ?? none
              return (
                <tr key={kind}>
                  <th scope="row">{name}</th>
                  {ways.map((way) => (
                    <td key={way}>
                      <Checkbox
                        checked={now[way]}
                        aria-label={t('switchLabel', { kind: name, way: wayName[way] })}
                        onChange={(event) =>
                          set({ reminders: { ...reminders, [kind]: { ...now, [way]: event.target.checked } } })
                        }
                      />
                    </td>
                  ))}
                  <td className="q-table-end">
                    <Button size="small" aria-label={t('testKind', { kind: name })} onClick={() => test(kind)}>
                      {t('test')}
                    </Button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {silent ? (
        <p className="q-state-warn" role="alert">
          {t('soundFailed')}
        </p>
      ) : null}
      <SecondsField
        label={t('unansweredAfter')}
        unit={t('seconds')}
        size={1}
        min={15}
        max={86_400}
        value={preferences.unansweredAfterSeconds}
        onChange={(unansweredAfterSeconds) => set({ unansweredAfterSeconds })}
      />
      <SecondsField
        label={t('idleAfter')}
        unit={t('minutes')}
        size={60}
        min={60}
        max={86_400}
        value={preferences.idleAfterSeconds}
        onChange={(idleAfterSeconds) => set({ idleAfterSeconds })}
      />
    </>
  )
}
