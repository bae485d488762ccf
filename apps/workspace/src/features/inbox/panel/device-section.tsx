import type { Contact } from '@qiao/protocol'
import { memo } from 'react'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { useNow } from '../../../shared/time.ts'
import { inboxWords } from '../words.ts'
import { browserOf, localTime, placeOf, systemOf } from './device-words.ts'
import { Fact } from './field.tsx'

export const DeviceSection = memo(function DeviceSection({ contact }: { contact: Contact }) {
  const t = useWords(inboxWords)
  const now = useNow()
  const { device } = contact
  const zone = contact.timeZone ?? device?.timeZone
  const language = contact.language ?? device?.language
  if (!device && !zone && !language) return <p className="q-choice-note">{t('panel.noDevice')}</p>
  const languageName = language
    ? new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(language)
    : undefined
  return (
    <dl className="q-dl">
      {device?.userAgent ? (
        <>
          <Fact label={t('panel.system')}>{systemOf(device.userAgent)}</Fact>
          <Fact label={t('panel.browser')}>
            <span title={device.userAgent}>{browserOf(device.userAgent)}</span>
          </Fact>
        </>
      ) : null}
      {device?.screen ? <Fact label={t('panel.screen')}>{device.screen}</Fact> : null}
      {languageName ? <Fact label={t('panel.language')}>{languageName}</Fact> : null}
      {zone ? (
        <>
          <Fact label={t('panel.timeZone')}>
            {placeOf(zone)} ({zone})
          </Fact>
          <Fact label={t('panel.localTime')}>{localTime(zone, currentLanguage(), now)}</Fact>
        </>
      ) : null}
    </dl>
  )
})
