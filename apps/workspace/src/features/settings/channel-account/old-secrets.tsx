import type { ChannelAccount } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime, useNow } from '../../../shared/time.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { NumberField } from '../parts/number-field.tsx'
import type { AccountEditor } from './use-account-draft.ts'
import { words as accountWords } from './words.ts'

const hourMs = 3_600_000

/** Asked when a secret changes; and how long the older ones are still taken, while they are. */
export function OldSecrets({ account, editor }: { account: ChannelAccount; editor: AccountEditor }) {
  const t = useWords(accountWords)
  const now = useNow()
  const confirm = useConfirm()
  const { previousUntil } = account
  if (editor.asksForTime) {
    const { keepOldHours } = editor.draft
    const until = t('keepUntil', { time: dateTime(now + keepOldHours * hourMs) })
    return (
      <div className="st-old">
        <NumberField
          label={t('keepOld')}
          hint={keepOldHours > 0 ? until : t('keepNone')}
          value={keepOldHours}
          max={720}
          suffix={t('hours')}
          onChange={(hours) => editor.change({ keepOldHours: hours })}
        />
      </div>
    )
  }
  if (!previousUntil || Date.parse(previousUntil) <= now) return null
  const ask = (): void =>
    confirm({ title: t('endOld'), text: t('endOldText'), ok: t('endOld'), run: () => editor.endOld() })
  return (
    <p className="q-note st-old-note">
      <span>{t('oldUntil', { time: dateTime(previousUntil) })}</span>
      <Button size="small" disabled={editor.dirty || editor.saving} onClick={ask}>
        {t('endOld')}
      </Button>
    </p>
  )
}
