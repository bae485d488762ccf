import { type CapacityProfile, anyChannel } from '@qiao/protocol'
import { Dropdown, InputNumber, Select, Button } from 'antd'
import { useChannelName } from '../../../shared/channel-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { RemoveButton } from '../parts/row-buttons.tsx'
import { useChannels } from './use-channels.ts'
import { words } from './words.ts'

type Channels = CapacityProfile['channels']
const fresh = { units: 20, most: 5, interruptedBy: [] }

interface Props {
  channels: Channels
  disabled: boolean
  onChange: (channels: Channels) => void
}

export function ChannelCosts({ channels, disabled, onChange }: Props) {
  const t = useWords(words)
  const channelName = useChannelName()
  const known = useChannels(channels)
  const own = known.filter((channel) => channel in channels)
  const others = known.filter((channel) => !(channel in channels))
  const set = (channel: string, part: Partial<Channels[string]>): void =>
    onChange({ ...channels, [channel]: { ...(channels[channel] ?? fresh), ...part } })
  const remove = (channel: string): void => {
    const { [channel]: _, ...rest } = channels
    onChange(rest)
  }
  const add = others.map((channel) => ({
    key: channel,
    label: channelName(channel),
    onClick: () => set(channel, channels[anyChannel] ?? fresh),
  }))
  return (
    <>
      <div className="q-table-scroll">
        <table className="q-table">
          <thead>
            <tr>
              {[t('channel'), t('cost'), t('most')].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" colSpan={2}>
                {t('interruptedBy')}
              </th>
            </tr>
          </thead>
          <tbody>
            {own.map((channel) => {
              const name = channelName(channel)
              const cost = channels[channel] ?? fresh
              return (
                <tr key={channel}>
                  <th scope="row">{name}</th>
                  <td>
                    <InputNumber
                      aria-label={t('costOf', { channel: name })}
                      value={cost.units}
                      min={0}
                      max={1000}
                      precision={0}
                      suffix={t('unit')}
                      disabled={disabled}
                      style={{ width: 110 }}
                      onChange={(units) => set(channel, { units: units ?? 0 })}
                    />
                  </td>
                  <td>
                    <InputNumber
                      aria-label={t('mostOf', { channel: name })}
                      value={cost.most}
                      min={0}
                      max={100}
                      precision={0}
                      suffix={t('mostSuffix')}
                      disabled={disabled}
                      style={{ width: 120 }}
                      onChange={(most) => set(channel, { most: most ?? 0 })}
                    />
                  </td>
                  <td style={{ width: '45%' }}>
                    <Select
                      mode="multiple"
                      aria-label={t('interruptedByOf', { channel: name })}
                      placeholder={t('nothing')}
                      value={cost.interruptedBy}
                      disabled={disabled}
                      style={{ width: '100%', minWidth: 160 }}
                      onChange={(interruptedBy) => set(channel, { interruptedBy })}
                      options={known
                        .filter((one) => one !== anyChannel && one !== channel)
                        .map((one) => ({ value: one, label: channelName(one) }))}
                    />
                  </td>
                  <td className="q-table-end">
                    {disabled || channel === anyChannel ? null : (
                      <RemoveButton label={t('removeChannel', { channel: name })} onClick={() => remove(channel)} />
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {others.length > 0 ? (
        <Dropdown menu={{ items: add }} trigger={['click']} disabled={disabled}>
          <Button size="small" className="q-table-more">
            {t('addChannel')}
          </Button>
        </Dropdown>
      ) : null}
    </>
  )
}
