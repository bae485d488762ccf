import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { useMe } from '../../shared/session.ts'
import { Forbidden } from './forbidden.tsx'
import { groups, pageOfPath, pagesFor } from './pages.ts'
import { words } from './words.ts'
import './settings.css'

/** Navigation beside the page. The editors of inboxes and queues bring their own navigation and take the width. */
export function SettingsLayout() {
  const t = useWords(words)
  const me = useMe()
  const navigate = useNavigate()
  const path = useLocation({ select: (location) => location.pathname })
  const shown = pagesFor(me.role)
  const page = pageOfPath(path)
  const content = page && !shown.includes(page) ? <Forbidden page={page.key} /> : <Outlet />
  if (/^\/settings\/(inboxes|queues)\/(?!new$).+/.test(path)) return <div className="st">{content}</div>
  return (
    <div className="st">
      <nav className="st-nav" aria-label={t('title')}>
        <p className="st-nav-title">{t('title')}</p>
        <ul>
          <li>
            <Link to="/settings/profile" activeProps={{ 'aria-current': 'page' }}>
              {t('profile')}
            </Link>
          </li>
        </ul>
        {groups
          .filter((group) => shown.some((one) => one.group === group))
          .map((group) => (
            <div key={group}>
              <h2 id={`st-${group}`}>{t(`group.${group}`)}</h2>
              <ul aria-labelledby={`st-${group}`}>
                {shown
                  .filter((one) => one.group === group)
                  .map((one) => (
                    <li key={one.key}>
                      <Link to={`/settings/${one.key}`} activeProps={{ 'aria-current': 'page' }}>
                        {t(`page.${one.key}`)}
                      </Link>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
      </nav>
      <div className="st-body">
        <div className="st-pick">
          <Select
            aria-label={t('choosePage')}
            value={page?.key ?? 'profile'}
            style={{ width: 240 }}
            onChange={(key: string) => void navigate({ href: `/settings/${key}` })}
            options={[
              { value: 'profile', label: t('profile') },
              ...shown.map((one) => ({ value: one.key, label: t(`page.${one.key}`) })),
            ]}
          />
        </div>
        {content}
      </div>
    </div>
  )
}
