import { type Calendar, type EditVersion, createCalendar, deleteCalendar, updateCalendar } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { FormField, SwitchField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { PageFrame, Section } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { TimeZoneSelect } from '../../../shared/time-zone-select.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { SaveBar } from '../parts/save-bar.tsx'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { useSave } from '../parts/use-save.ts'
import { words as settingsWords } from '../words.ts'
import { calendarsQuery } from './calendars-query.ts'
import { HolidayEditor } from './holiday-editor.tsx'
import { OpenNow } from './open-now.tsx'
import { WeekEditor } from './week-editor.tsx'
import { dayProblem } from './week-grid.ts'
import { words } from './words.ts'

type Hours = Omit<Calendar, 'id'>
type Fields = Omit<Hours, keyof EditVersion>

const draftOf = ({ name, timeZone, alwaysOpen, weekly, holidays }: Hours): Fields => ({
  name,
  timeZone,
  alwaysOpen,
  weekly,
  holidays,
})

const isWrong = (draft: Fields): boolean =>
  [...draft.weekly, ...draft.holidays.map((one) => one.intervals)].some((day) => dayProblem(day) !== null)

export function CalendarEditor({ id, saved }: { id: string | null; saved: Hours }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('settings.manage')
  const client = useQueryClient()
  const refreshStaff = useRefreshStaff()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const users = useInboxes().flatMap((inbox) => (id && inbox.calendarId === id ? inbox.name : []))
  const edited = useDraft({ saved, draftOf, isNew: id === null })
  const { draft, change } = edited
  const [tried, setTried] = useState(false)
  const refresh = async (): Promise<void> => {
    await Promise.all([client.invalidateQueries({ queryKey: calendarsQuery.queryKey }), refreshStaff()])
  }
  const toList = () => navigate({ href: '/settings/hours', ignoreBlocker: true })
  const save = useSave({
    save: () =>
      id === null
        ? call(createCalendar, { body: draft })
        : call(updateCalendar, { params: { id }, body: { ...draft, version: saved.version } }),
    refresh,
    edited,
    andThen: async () => {
      if (id === null) await toList()
    },
  })
  const remove = useMutation({
    mutationFn: () => call(deleteCalendar, { params: { id: id ?? '' } }),
    onSuccess: async () => {
      await refresh()
      edited.discard()
      feedback.done(s('deleted'))
      await toList()
    },
    onError: feedback.failed,
  })
  const missing = draft.name.trim() === ''
  const problem = missing ? s('problem.missing') : isWrong(draft) ? t('problem.some') : null
  const askRemove = (): void =>
    confirm({
      title: t('removeTitle', { name: saved.name }),
      text: users.length > 0 ? t('removeText', { inboxes: joined(users) }) : t('removeTextNone'),
      ok: s('delete'),
      run: () => remove.mutateAsync(),
    })
  return (
    <>
      <PageFrame
        title={id === null ? t('new') : saved.name}
        intro={
          <>
            <Link to="/settings/hours">← {t('back')}</Link> · <OpenNow hours={draft} />
          </>
        }
      >
        {manage ? null : <ReadOnlyNote />}
        <TextField
          label={t('name')}
          error={tried && missing ? s('problem.missing') : null}
          value={draft.name}
          maxLength={100}
          disabled={!manage}
          placeholder={t('namePlaceholder')}
          onChange={(name) => change({ name })}
        />
        <FormField label={t('zone')}>
          {({ id: control }) => (
            <TimeZoneSelect
              id={control}
              value={draft.timeZone}
              disabled={!manage}
              onChange={(timeZone) => change({ timeZone })}
            />
          )}
        </FormField>
        <SwitchField
          label={t('always')}
          checked={draft.alwaysOpen}
          disabled={!manage}
          onChange={(alwaysOpen) => change({ alwaysOpen })}
        />
        {draft.alwaysOpen ? null : (
          <>
            <Section title={t('week')} hint={manage ? t('weekHint') : undefined}>
              <WeekEditor week={draft.weekly} disabled={!manage} onChange={(weekly) => change({ weekly })} />
            </Section>
            <Section title={t('holidays')} hint={t('holidaysHint')}>
              <HolidayEditor
                holidays={draft.holidays}
                zone={draft.timeZone}
                disabled={!manage}
                onChange={(holidays) => change({ holidays })}
              />
            </Section>
          </>
        )}
        {id !== null && manage ? (
          <Button danger onClick={askRemove}>
            {t('remove')}
          </Button>
        ) : null}
      </PageFrame>
      <SaveBar
        dirty={edited.dirty && manage}
        saving={save.isPending}
        problem={tried ? problem : null}
        theirs={edited.theirs}
        onSave={() => {
          setTried(true)
          if (!problem) save.mutate()
        }}
        onDiscard={() => {
          edited.discard()
          setTried(false)
          if (id === null) void toList()
        }}
      />
    </>
  )
}
