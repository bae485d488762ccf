import { ClockCircleOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Popover, Space } from 'antd'
import { useState } from 'react'
import { keyText } from '../../../../shared/commands.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { serverNow } from '../../../../shared/server-time.ts'
import { dateTime } from '../../../../shared/time.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { toLocalInput } from '../../actions/snooze-times.ts'
import { sendTimes } from './send-times.ts'
import { mailerWords } from './words.ts'

interface SendButtonProps {
  disabled: boolean
  sending: boolean
  why: string | null
  onSend: () => void
  onLater: (at: Date) => void
}

export function MailSendButton({ disabled, sending, why, onSend, onLater }: SendButtonProps) {
  const t = useWords(mailerWords)
  const [open, setOpen] = useState(false)
  return (
    <Space.Compact>
      <Tip title={why ?? t('send')} {...(why ? {} : { keys: 'mod+Enter' })}>
        <Button
          type="primary"
          icon={<SendOutlined />}
          disabled={disabled}
          loading={sending}
          onClick={onSend}
          aria-keyshortcuts={keyText('mod+Enter')}
        >
          {t('send')}
        </Button>
      </Tip>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="topRight"
        destroyOnHidden
        content={
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape closes what was opened
          <div
            onKeyDown={(event) => {
              if (event.key === 'Escape') setOpen(false)
            }}
          >
            <LaterMenu
              onChoose={(at) => {
                setOpen(false)
                onLater(at)
              }}
            />
          </div>
        }
      >
        <Button
          type="primary"
          icon={<ClockCircleOutlined />}
          aria-label={t('send.more')}
          title={t('send.more')}
          disabled={disabled || sending}
        />
      </Popover>
    </Space.Compact>
  )
}

function LaterMenu({ onChoose }: { onChoose: (at: Date) => void }) {
  const t = useWords(mailerWords)
  const [now] = useState(() => new Date(serverNow()))
  const [custom, setCustom] = useState(() => toLocalInput(new Date(now.getTime() + 2 * 3_600_000)))
  const picked = new Date(custom)
  const valid = picked > now
  return (
    <div className="q-assign">
      {sendTimes(now).map(({ key, at }, index) => (
        <button
          key={key}
          type="button"
          className="q-choice is-action"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was opened by a press just now
          autoFocus={index === 0}
          onClick={() => onChoose(at)}
        >
          <span className="q-choice-name">{t(`send.${key}`)}</span>
          <span className="q-choice-note">{dateTime(at.getTime())}</span>
        </button>
      ))}
      <form
        className="q-snooze-custom"
        onSubmit={(event) => {
          event.preventDefault()
          if (valid) onChoose(picked)
        }}
      >
        <input
          type="datetime-local"
          className="q-input"
          aria-label={t('send.pick')}
          min={toLocalInput(now)}
          value={custom}
          onChange={(event) => setCustom(event.target.value)}
        />
        <Button htmlType="submit" disabled={!valid}>
          {t('send.set')}
        </Button>
      </form>
    </div>
  )
}
