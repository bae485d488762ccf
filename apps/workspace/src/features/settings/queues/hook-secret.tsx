import { readHookSecret, rotateHookSecret } from '@qiao/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime } from '../../../shared/time.ts'
import { ChangeSecret } from '../parts/change-secret.tsx'
import { careWords } from './care-words.ts'

const shownCharacters = 12

export function HookSecret({ queueId }: { queueId: string }) {
  const t = useWords(careWords)
  const client = useQueryClient()
  const params = { id: queueId }
  const queryKey = ['queues', queueId, 'hook-secret']
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const { secret, olderUntil } = await call(readHookSecret, { params }, { signal })
      // The page holds no more of it than it shows.
      return { prefix: secret.slice(0, shownCharacters), olderUntil }
    },
  })
  return (
    <Section title={t('hookSecret')} hint={t('hookSecretHint')}>
      <p className="st-hook-secret">
        {data ? (
          <>
            {t('hookSecretNow')} <code>{data.prefix}…</code>
            {data.olderUntil ? (
              <span className="q-field-hint"> · {t('hookSecretOlder', { time: dateTime(data.olderUntil) })}</span>
            ) : null}
          </>
        ) : null}
      </p>
      <ChangeSecret
        label={t('hookSecretChange')}
        text={t('hookSecretText')}
        madeTitle={t('hookSecretMade')}
        change={(keepOldHours) => call(rotateHookSecret, { params, body: { keepOldHours } })}
        onChanged={() => void client.invalidateQueries({ queryKey })}
      />
    </Section>
  )
}
