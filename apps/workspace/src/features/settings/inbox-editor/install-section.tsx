import { useQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { part } from '../../../shared/part.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { chatLink, embedCode } from './embed-code.ts'
import { installWords } from './install-words.ts'
import type { SectionProps } from './section-props.ts'

const drawQr = async (text: string): Promise<string> => {
  const { toDataURL } = await part(() => import('qrcode'))()
  return toDataURL(text, { errorCorrectionLevel: 'M', margin: 2, width: 480 })
}

export function InstallSection({ inbox }: SectionProps) {
  const t = useWords(installWords)
  const link = chatLink(location.origin, inbox.key)
  const code = embedCode(location.origin, inbox.key)
  const qr = useQuery({
    queryKey: ['qr', link],
    queryFn: () => drawQr(link),
    staleTime: Infinity,
    retry: false,
    throwOnError: true,
  })
  return (
    <>
      <Section title={t('site')} hint={t('siteHint')}>
        <CopyBox text={code} label={t('site')} />
        <p className="q-quiet">{t('csp')}</p>
        <CopyBox
          text={`script-src ${location.origin}; frame-src ${location.origin}; connect-src ${location.origin}`}
          label="Content-Security-Policy"
        />
      </Section>
      <Section title={t('link')} hint={t('linkHint')}>
        <CopyBox text={link} label={t('link')} />
        <a href={link} target="_blank" rel="noopener noreferrer">
          {t('open')}
        </a>
      </Section>
      <Section title={t('qr')} hint={t('qrHint')}>
        {qr.data ? (
          <div className="st-qr">
            <img src={qr.data} alt={t('qrAlt', { name: inbox.name })} width={180} height={180} />
            <Button href={qr.data} download={`${inbox.key}-qr.png`}>
              {t('download')}
            </Button>
          </div>
        ) : (
          <Skeleton.Node active style={{ width: 180, height: 180 }} />
        )}
      </Section>
    </>
  )
}
