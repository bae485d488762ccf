import { build, defineConfig, type Plugin, type UserConfig } from 'vite'
import { loader } from './vite.loader.config.ts'

/** One build makes both: the loader needs settings of its own, since it must be one script without imports. */
const withLoader: Plugin = {
  name: 'with-loader',
  apply: 'build',
  closeBundle: {
    sequential: true,
    async handler() {
      await build(loader)
    },
  },
}

/** The chat's own page, also the document of the frame: dist/chat/index.html and hashed files under /chat/assets/. */
export const chat = {
  base: '/chat/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/chat',
    target: ['chrome92', 'safari15', 'firefox100'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What every visitor loads is one file: cut in two it compresses worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'chat', tags: ['$initial'] }] } } },
  },
} satisfies UserConfig

export default defineConfig({ ...chat, plugins: [withLoader] })
