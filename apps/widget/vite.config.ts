import { defineConfig } from 'vite'

/** The chat's own page, also the document of the frame: dist/chat/index.html and hashed files under /chat/assets/. */
export default defineConfig({
  base: '/chat/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/chat',
    target: ['chrome92', 'safari15', 'firefox100'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
