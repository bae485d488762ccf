import { Select } from 'antd'
import { useMemo } from 'react'
import { useAppearance } from './appearance.ts'

export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Browsers list zones without `UTC`, and old data may hold a zone that this browser does not list. */
const zones = (current: string | undefined): string[] => [
  ...new Set([...(current ? [current] : []), localTimeZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')]),
]

const offsetOf = (zone: string): string => {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts()
    return parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? ''
  } catch {
    return ''
  }
}
const nameOf = (zone: string, language: string): string => {
  try {
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts()
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
  } catch {
    return ''
  }
}

interface Props {
  id?: string
  value?: string
  onChange?: (zone: string) => void
  disabled?: boolean
}

/** Found by city, by offset and by its name in the reader's language. */
export function TimeZoneSelect({ id, value, onChange, disabled }: Props) {
  const { language } = useAppearance()
  const options = useMemo(
    () =>
      zones(value).map((zone) => ({
        value: zone,
        label: `${zone.replaceAll('_', ' ')} (${offsetOf(zone)})`,
        search: `${zone} ${zone.replaceAll('_', ' ')} ${offsetOf(zone)} ${nameOf(zone, language)}`.toLowerCase(),
      })),
    [value, language],
  )
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      {...(disabled === undefined ? {} : { disabled })}
      showSearch={{ filterOption: (typed, option) => option?.search.includes(typed.toLowerCase()) ?? false }}
      options={options}
      style={{ width: '100%' }}
    />
  )
}
