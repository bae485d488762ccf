import { PaperClipOutlined } from '@ant-design/icons'
import type { TemplateHead } from '@qiao/protocol'
import { Button } from 'antd'
import { useRef } from 'react'
import { FormField } from '../../../../shared/form-field.tsx'
import { useWords } from '../../../../shared/i18n.ts'
import { TextField } from '../../../../shared/text-field.tsx'
import { UploadTray } from '../upload-tray.tsx'
import type { useUploads } from '../uploads.ts'
import { pointIn } from '../point-in.ts'
import type { Filling } from './filled-template.ts'
import { templateWords } from './template-words.ts'

interface HeaderFieldProps {
  header: TemplateHead | null
  lang: string
  spot: Filling['spot']
  files: ReturnType<typeof useUploads>
  onSpot: (spot: Filling['spot']) => void
}

const accepted = { image: 'image/*', video: 'video/*', file: '' } as const

/** The file or place that stands above the words; the server makes of a file what the channel takes. */
export function HeaderField({ header, lang, spot, files, onSpot }: HeaderFieldProps) {
  const t = useWords(templateWords)
  const picker = useRef<HTMLInputElement>(null)
  if (header === null) return null
  if (header === 'location') {
    const isWrong = spot.coordinates.trim() !== '' && pointIn(spot.coordinates) === null
    return (
      <>
        <TextField
          label={t('coordinates')}
          hint={t('coordinatesHint')}
          error={isWrong ? t('coordinatesWrong') : null}
          placeholder="31.2304, 121.4737"
          value={spot.coordinates}
          onChange={(coordinates) => onSpot({ ...spot, coordinates })}
        />
        <TextField
          label={t('spotTitle')}
          lang={lang}
          maxLength={200}
          value={spot.title}
          onChange={(title) => onSpot({ ...spot, title })}
        />
        <TextField
          label={t('spotAddress')}
          lang={lang}
          maxLength={500}
          value={spot.address}
          onChange={(address) => onSpot({ ...spot, address })}
        />
      </>
    )
  }
  const [upload] = files.uploads
  const chosen = t(upload ? 'chooseOther' : 'chooseFile')
  const isOther = upload?.attachment != null && upload.attachment.kind !== header
  return (
    <FormField label={t(`header.${header}`)} error={isOther ? t('otherKind') : null}>
      {({ id, status: _status, ...control }) => (
        <>
          <input
            ref={picker}
            hidden
            type="file"
            accept={accepted[header]}
            data-part="template-file"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              for (const each of files.uploads) files.remove(each.id)
              if (file) files.add([file])
              event.target.value = ''
            }}
          />
          <UploadTray uploads={files.uploads} onRemove={files.remove} onAgain={files.again} />
          <Button
            id={id}
            {...control}
            aria-label={`${t(`header.${header}`)}: ${chosen}`}
            icon={<PaperClipOutlined />}
            onClick={() => picker.current?.click()}
          >
            {chosen}
          </Button>
        </>
      )}
    </FormField>
  )
}
