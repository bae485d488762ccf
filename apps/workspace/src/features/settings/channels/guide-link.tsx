import type { ChannelInfo } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { words as channelWords } from './words.ts'

/** Where credentials come from, step by step. */
export function GuideLink({ info }: { info: Pick<ChannelInfo, 'docs'> }) {
  const t = useWords(channelWords)
  return (
    <a href={`/api/docs/channels/${info.docs}`} target="_blank" rel="noopener noreferrer">
      {t('guide')} ↗
    </a>
  )
}
