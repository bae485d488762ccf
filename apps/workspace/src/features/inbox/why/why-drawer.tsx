import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { workWords } from '../work-words.ts'
import { explainQuery } from './explain-query.ts'
import { historyOf } from './history.ts'
import { StayView } from './stay-view.tsx'
import { WhyNow } from './why-now.tsx'
import './why.css'

/** Why it went to whom it went to, or why it still waits. */
export function WhyDrawer({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const t = useWords(workWords)
  const query = useQuery(explainQuery(conversationId))
  return (
    <Drawer open title={t('why.title')} onClose={onClose} size={420} className="q-why" destroyOnHidden>
      <Load query={query}>
        {(data) => (
          <>
            {data.now ? <WhyNow now={data.now} /> : null}
            <section aria-label={t('why.history')}>
              <h3>{t('why.history')}</h3>
              {data.items.length === 0 ? <p className="q-why-quiet">{t('why.empty')}</p> : null}
              <ol className="q-stays">
                {historyOf(data).map((stay) => (
                  <StayView key={stay.item.id} stay={stay} />
                ))}
              </ol>
            </section>
          </>
        )}
      </Load>
    </Drawer>
  )
}
