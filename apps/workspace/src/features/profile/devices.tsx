import { revokeDevice } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm, Skeleton } from 'antd'
import { call } from '../../shared/api.ts'
import { ErrorState } from '../../shared/error-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { dateTime, useNow } from '../../shared/time.ts'
import { useFeedback } from '../../shared/use-feedback.ts'
import { agoTime } from '../../shared/when.tsx'
import { deviceName } from './device-name.ts'
import { devicesKey, devicesQuery } from './devices-query.ts'
import { securityWords } from './security-words.ts'

export function Devices() {
  const t = useWords(securityWords)
  const now = useNow()
  const client = useQueryClient()
  const feedback = useFeedback()
  const devices = useQuery(devicesQuery)
  const revoke = useMutation({
    mutationFn: (ids: string[]) => Promise.all(ids.map((id) => call(revokeDevice, { params: { id } }))),
    onSuccess: () => feedback.done(t('devices.revoked')),
    onError: feedback.failed,
    onSettled: () => client.invalidateQueries({ queryKey: devicesKey }),
  })
  if (devices.isPending) return <Skeleton active title={false} />
  if (!devices.data) return <ErrorState error={devices.error} onRetry={() => void devices.refetch()} />
  const others = devices.data.filter((device) => !device.current)
  const nameOf = (userAgent: string | null): string => {
    const known = deviceName(userAgent)
    return known ? t('devices.on', known) : t('devices.unknown')
  }
  return (
    <>
      <p className="q-section-hint">{t('devices.intro')}</p>
      <div className="q-table-scroll" style={{ maxWidth: 720, marginBlockEnd: 12 }}>
        <table className="q-table">
          <tbody>
            {devices.data
              .toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastActiveAt.localeCompare(a.lastActiveAt))
              .map((device) => (
                <tr key={device.id}>
                  <td title={device.userAgent ?? undefined}>
                    <div>
                      {nameOf(device.userAgent)}
                      {device.current ? <span className="q-state-good"> · {t('devices.current')}</span> : null}
                    </div>
                    <div className="q-quiet">
                      {device.ipAddress ? `${device.ipAddress} · ` : ''}
                      {t('devices.lastActive', { time: agoTime(device.lastActiveAt, now) })} ·{' '}
                      {t('devices.signedIn', { time: dateTime(device.createdAt) })}
                    </div>
                  </td>
                  <td className="q-table-end">
                    {device.current ? null : (
                      <Button
                        size="small"
                        aria-label={t('devices.revokeOf', { device: nameOf(device.userAgent) })}
                        onClick={() => revoke.mutate([device.id])}
                      >
                        {t('devices.revoke')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {others.length === 0 ? (
        <p className="q-quiet">{t('devices.onlyThis')}</p>
      ) : (
        <Popconfirm
          title={t('devices.revokeOthersText')}
          okText={t('devices.revoke')}
          cancelText={t('second.cancel')}
          onConfirm={() => revoke.mutate(others.map((device) => device.id))}
        >
          <Button loading={revoke.isPending}>{t('devices.revokeOthers')}</Button>
        </Popconfirm>
      )}
    </>
  )
}
