import { Button } from 'antd'
import { CopyBox } from '../../shared/copy-box.tsx'
import { useWords } from '../../shared/i18n.ts'
import { securityWords } from './security-words.ts'

export function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useWords(securityWords)
  const text = codes.join('\n')
  return (
    <>
      <p>{t('second.codesText')}</p>
      <CopyBox text={text} label={t('second.codesTitle')} />
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        <Button href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`} download="qiao-backup-codes.txt">
          {t('second.download')}
        </Button>
        <Button type="primary" onClick={onKept}>
          {t('second.savedThem')}
        </Button>
      </div>
    </>
  )
}
