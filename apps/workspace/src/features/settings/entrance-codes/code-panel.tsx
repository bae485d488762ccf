import type { EntranceCode } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { qrQuery } from './codes-query.ts'
import { words } from './words.ts'

/** One code, to be shown, taken away or printed. */
export function CodePanel({ inboxId, code, onClose }: { inboxId: string; code: EntranceCode; onClose: () => void }) {
  const t = useWords(words)
  const { id, name, parameter, url } = code
  const qr = useQuery(qrQuery(inboxId, id, url))
  return (
    <SidePanel title={t('showOf', { name })} onClose={onClose}>
      <Load query={qr}>
        {(png) => (
          <div className="st-entrance-qr">
            <img src={png} alt={t('alt', { name })} width={240} height={240} />
            <Button href={png} download={`${parameter}.png`}>
              {t('download')}
            </Button>
          </div>
        )}
      </Load>
      <div className="q-field">
        <span className="q-field-label">{t('parameter')}</span>
        <CopyBox text={parameter} label={t('parameter')} />
      </div>
      <div className="q-field">
        <span className="q-field-label">{t('link')}</span>
        <CopyBox text={url} label={t('link')} />
        {code.as === 'code' ? <span className="q-field-hint">{t('codeHint')}</span> : null}
      </div>
      {code.endsAt ? <p className="q-quiet">{t('endsHint')}</p> : null}
    </SidePanel>
  )
}
