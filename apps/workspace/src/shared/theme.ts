import type { ThemeConfig } from 'antd'
import { theme } from 'antd'

/** Ant Design's tokens, kept in step with the custom properties of base.css. */
export function themeOf(dark: boolean, compact: boolean): ThemeConfig {
  const algorithms = [dark ? theme.darkAlgorithm : theme.defaultAlgorithm]
  if (compact) algorithms.push(theme.compactAlgorithm)
  return {
    algorithm: algorithms,
    cssVar: { key: 'qiao' },
    token: {
      colorPrimary: dark ? '#3b82f6' : '#1f6feb',
      colorLink: dark ? '#7fb2ff' : '#1a5fcc',
      // Ant Design's own red has 3.3 : 1 on white, too little for the words of a button.
      colorError: dark ? '#ff8d86' : '#c0272d',
      colorBgLayout: dark ? '#14161a' : '#f6f7f9',
      colorBgContainer: dark ? '#1b1e24' : '#ffffff',
      colorBgElevated: dark ? '#22262d' : '#ffffff',
      colorBorder: dark ? '#424954' : '#ccd1d8',
      colorBorderSecondary: dark ? '#31363f' : '#e3e6ea',
      colorTextPlaceholder: dark ? '#9aa2ae' : '#666d79',
      colorTextDescription: dark ? '#aeb5c0' : '#59616e',
      colorTextTertiary: dark ? '#9aa2ae' : '#666d79',
      colorTextDisabled: dark ? '#838b97' : '#767d89',
      borderRadius: 6,
      fontSize: 14,
      fontFamily: 'var(--q-font)',
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      wireframe: false,
    },
    components: {
      Tooltip: { maxWidth: 320 },
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        // The lighter blue of a hovered button has 3.1 : 1 on white.
        defaultHoverColor: dark ? '#7fb2ff' : '#1a5fcc',
        // White has 2.9 : 1 on the light red of a dark page.
        dangerColor: dark ? '#14161a' : '#ffffff',
      },
    },
  }
}
