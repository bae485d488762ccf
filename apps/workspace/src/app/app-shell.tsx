import {
  ContactsOutlined,
  DashboardOutlined,
  InboxOutlined,
  LogoutOutlined,
  SettingOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import { Dropdown, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { Avatar } from '../shared/avatar.tsx'
import { useWords } from '../shared/i18n.ts'
import { SessionContext, meQuery, useCan, useMe } from '../shared/session.ts'
import { StaffNamesContext, useReadStaffNames } from '../shared/staff.ts'
import { OfferHost } from '../features/offers/offer-host.tsx'
import { CommandHost } from '../features/palette/command-host.tsx'
import { PermissionBar } from '../features/reminders/permission-bar.tsx'
import { ReminderHost } from '../features/reminders/reminder-host.tsx'
import { StatusBar } from '../features/status/status-bar.tsx'
import { signOut } from '../shared/sign-out.ts'
import { sharedWords } from '../shared/words.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { NewVersionBar } from './new-version-bar.tsx'
import { useLive } from './use-live.ts'
import './app-shell.css'

function RailLink({ to, label, icon }: { to: string; label: string; icon: ReactNode }) {
  return (
    <Tooltip title={label} placement="right">
      <Link to={to} className="q-rail-link" activeProps={{ 'aria-current': 'page' }} aria-label={label}>
        {icon}
      </Link>
    </Tooltip>
  )
}

/** Who is signed in and what things are called, for all below. */
export function AppShell() {
  return (
    <SessionContext value={useSuspenseQuery(meQuery).data}>
      <StaffNamesContext value={useReadStaffNames()}>
        <Shell />
      </StaffNamesContext>
    </SessionContext>
  )
}

/** The rail at the left and the page beside it. */
function Shell() {
  const t = useWords(sharedWords)
  const me = useMe()
  const supervises = useCan('routing.supervise')
  const navigate = useNavigate()
  useLive(me.id)
  const items = [
    {
      key: 'profile',
      icon: <UserOutlined />,
      label: t('me.profile'),
      onClick: () => void navigate({ to: '/settings' }),
    },
    { key: 'out', icon: <LogoutOutlined />, label: t('me.signOut'), onClick: () => void signOut() },
  ]
  return (
    <div className="q-shell">
      <a className="q-skip" href="#main">
        {t('nav.skip')}
      </a>
      <nav className="q-rail" aria-label={t('nav.label')}>
        <RailLink to="/inbox" label={t('nav.inbox')} icon={<InboxOutlined />} />
        {supervises ? <RailLink to="/board" label={t('nav.board')} icon={<DashboardOutlined />} /> : null}
        <RailLink to="/contacts" label={t('nav.contacts')} icon={<ContactsOutlined />} />
        <RailLink to="/settings" label={t('nav.settings')} icon={<SettingOutlined />} />
        <span className="q-rail-space" />
        <StatusBar />
        <Dropdown menu={{ items }} trigger={['click']} placement="topRight">
          <button type="button" className="q-rail-link" aria-label={`${t('me.menu')}: ${me.name}`}>
            <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={28} />
          </button>
        </Dropdown>
      </nav>
      <div className="q-page" id="main" tabIndex={-1}>
        <ConnectionBanner />
        <NewVersionBar />
        <PermissionBar />
        <Outlet />
      </div>
      <CommandHost />
      <ReminderHost />
      <OfferHost />
    </div>
  )
}
