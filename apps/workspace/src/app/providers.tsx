import { LoadingOutlined } from '@ant-design/icons'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import { useMemo } from 'react'
import { LanguageContext } from '../shared/i18n.ts'
import { startAppearance, useAppearance, useDark } from '../shared/appearance.ts'
import { themeOf } from '../shared/theme.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'

startAppearance()

/** After a quick answer the kit leaves the icon in the button, where nobody sees it: it must not be read out for ever. */
const button = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }

export function Providers() {
  const { language, density } = useAppearance()
  const dark = useDark()
  const theme = useMemo(() => themeOf(dark, density === 'compact'), [dark, density])
  return (
    <LanguageContext value={language}>
      <ConfigProvider
        locale={language === 'en' ? enUS : zhCN}
        theme={theme}
        button={button}
        variant="outlined"
        wave={{ disabled: true }}
      >
        <App component={false} message={{ maxCount: 3 }}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </LanguageContext>
  )
}
