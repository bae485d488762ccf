import { PlusOutlined } from '@ant-design/icons'
import type { CapacityProfile } from '@qiao/protocol'
import { Button } from 'antd'
import { useState } from 'react'
import { useChannelName } from '../../../shared/channel-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { roomFor, unitsUsed } from './what-fits.ts'
import { words } from './words.ts'

interface Props {
  profile: Pick<CapacityProfile, 'units' | 'channels'>
  channels: readonly string[]
}

/** Numbers alone do not say what an agent will hold: this lets one put it together. */
export function FitTrial({ profile, channels }: Props) {
  const t = useWords(words)
  const channelName = useChannelName()
  const [held, setHeld] = useState<readonly string[]>([])
  const used = unitsUsed(profile, held)
  const whole = Math.max(profile.units, used, 1)
  const share = (channel: string): number => (unitsUsed(profile, [channel]) / whole) * 100
  const roomText = (channel: string): string => {
    const room = roomFor(profile, held, channel)
    if (room.fits > 0 || !('why' in room)) return t('more', { count: room.fits })
    if (room.why === 'most') return t('full.most', { most: room.most })
    return room.why === 'units' ? t('full.units', { missing: room.missing }) : t('full.never')
  }
  return (
    <section className="st-trial" aria-label={t('try')}>
      <h3>{t('try')}</h3>
      <p className="q-field-hint">{t('tryHint')}</p>
      <div className="st-trial-bar">
        {held.map((channel, index) => (
          <button
            key={index}
            type="button"
            className={`is-${channels.indexOf(channel) % 5}`}
            style={{ inlineSize: `${share(channel)}%` }}
            aria-label={t('take', { channel: channelName(channel) })}
            title={t('take', { channel: channelName(channel) })}
            onClick={() => setHeld(held.toSpliced(index, 1))}
          >
            {channelName(channel)}
          </button>
        ))}
      </div>
      <p className="st-trial-sum">
        <output className={used > profile.units ? 'q-state-warn' : undefined}>
          {held.length === 0 ? t('free') : t('inHand', { used, all: profile.units })}
        </output>
        <Button size="small" disabled={held.length === 0} onClick={() => setHeld([])}>
          {t('clear')}
        </Button>
      </p>
      <ul>
        {channels.map((channel, index) => {
          const fits = roomFor(profile, held, channel).fits > 0
          return (
            <li key={channel}>
              <Button
                size="small"
                icon={<PlusOutlined />}
                disabled={!fits}
                aria-label={t('put', { channel: channelName(channel) })}
                onClick={() => setHeld([...held, channel])}
              >
                {channelName(channel)}
              </Button>
              <span aria-hidden="true" className={`st-trial-dot is-${index % 5}`} />
              <span className={fits ? 'q-quiet' : 'q-state-warn'}>{roomText(channel)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
