import { Button } from 'antd'
import { useWords } from '../shared/i18n.ts'
import { newVersionWaits } from '../shared/new-version.ts'
import { useStore } from '../shared/store.ts'
import { sharedWords } from '../shared/words.ts'

/** Why something that was pressed does not open, and what ends it. */
export function NewVersionBar() {
  const t = useWords(sharedWords)
  const waits = useStore(newVersionWaits)
  return (
    <div className="q-connection" role="status">
      {waits ? (
        <p>
          {t('newVersion')}{' '}
          <Button type="link" size="small" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
