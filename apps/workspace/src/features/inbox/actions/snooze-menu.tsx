import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { inboxWords } from '../words.ts'
import { snoozePresets, toLocalInput } from './snooze-times.ts'
import { serverNow } from '../../../shared/server-time.ts'

export function SnoozeMenu({ onSnooze }: { onSnooze: (until: Date) => void }) {
  const t = useWords(inboxWords)
  const [now] = useState(() => new Date(serverNow()))
  const [custom, setCustom] = useState(() => toLocalInput(new Date(now.getTime() + 2 * 3_600_000)))
  const until = new Date(custom)
  const valid = until > now
  return (
    <div className="q-assign">
      {snoozePresets(now).map((preset, at) => (
        <button
          key={preset.key}
          type="button"
          className="q-choice is-action"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened by a key or a press just now
          autoFocus={at === 0}
          onClick={() => onSnooze(preset.until)}
        >
          <span className="q-choice-name">{t(`snooze.${preset.key}`)}</span>
          <span className="q-choice-note">{dateTime(preset.until.getTime())}</span>
        </button>
      ))}
      <form
        className="q-snooze-custom"
        onSubmit={(event) => {
          event.preventDefault()
          if (valid) onSnooze(until)
        }}
      >
        <input
          type="datetime-local"
          className="q-input"
          aria-label={t('snooze.custom')}
          min={toLocalInput(now)}
          value={custom}
          onChange={(event) => setCustom(event.target.value)}
        />
        <Button htmlType="submit" disabled={!valid}>
          {t('snooze.set')}
        </Button>
      </form>
    </div>
  )
}
