import { PushpinOutlined } from '@ant-design/icons'
import { can, type InsertOf } from '@qiao/protocol'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { FormField } from '../../../../shared/form-field.tsx'
import { useWords } from '../../../../shared/i18n.ts'
import { useMe } from '../../../../shared/session.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import type { InsertErrors } from './check-insert.ts'
import { insertWords } from './insert-words.ts'
import { pointIn } from '../point-in.ts'
import { useErrorWords } from './use-error-words.ts'
import { useSavedPlaces } from './use-saved-places.ts'

interface PlaceFormProps {
  value: InsertOf<'place'>
  errors: InsertErrors
  onChange: (value: InsertOf<'place'>) => void
}

export function PlaceForm({ value, errors, onChange }: PlaceFormProps) {
  const t = useWords(insertWords)
  const errorOf = useErrorWords(errors)
  const me = useMe()
  const mayKeep = can(me.role, 'inboxes.manage')
  const { places, keep, remove } = useSavedPlaces()
  const [isKept, setKept] = useState<'nameless' | 'pointless' | null>(null)
  const { title, address, point } = value
  const where = pointIn(point)
  const chosen = places.find(
    (place) =>
      place.title === title.trim() &&
      place.address === address.trim() &&
      place.latitude === where?.latitude &&
      place.longitude === where.longitude,
  )
  const change = (part: Partial<InsertOf<'place'>>): void => {
    setKept(null)
    onChange({ ...value, ...part })
  }
  const save = (): void => {
    if (title.trim() === '') return setKept('nameless')
    if (!where) return setKept('pointless')
    keep({ title: title.trim(), address: address.trim(), ...where })
  }
  return (
    <>
      {places.length > 0 ? (
        <FormField label={t('place.saved')}>
          {({ id }) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'search' }}
              value={chosen?.id ?? null}
              placeholder={t('place.choose')}
              notFoundContent={t('place.none')}
              options={places.map((place) => ({
                value: place.id,
                search: `${place.title} ${place.address}`,
                label: (
                  <span className="q-insert-place">
                    {place.title} <small>{place.address}</small>
                  </span>
                ),
              }))}
              onChange={(chosenId) => {
                const place = places.find((each) => each.id === chosenId)
                if (place)
                  change({
                    title: place.title,
                    address: place.address,
                    point: `${place.latitude}, ${place.longitude}`,
                  })
              }}
            />
          )}
        </FormField>
      ) : null}
      <TextField
        label={t('place.title')}
        error={isKept === 'nameless' ? t('error.noName') : errorOf('title')}
        maxLength={200}
        value={title}
        onChange={(next) => change({ title: next })}
      />
      <TextField
        label={t('place.address')}
        error={errorOf('address')}
        maxLength={500}
        value={address}
        onChange={(next) => change({ address: next })}
      />
      <TextField
        label={t('place.point')}
        hint={t('place.pointHint')}
        error={isKept === 'pointless' ? t('error.noPoint') : errorOf('point')}
        maxLength={2048}
        value={point}
        onChange={(next) => change({ point: next })}
      />
      {mayKeep ? (
        chosen ? (
          <Button type="text" size="small" danger onClick={() => remove(chosen)}>
            {t('place.remove', { title: chosen.title })}
          </Button>
        ) : (
          <Button type="text" size="small" icon={<PushpinOutlined />} onClick={save}>
            {t('place.save')}
          </Button>
        )
      ) : null}
    </>
  )
}
