/** Drawn for this chat on a 24-unit grid, strokes only. */
const paths = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  send: 'M5 12h13M12 5l7 7-7 7',
  attach: 'M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L10 17a1.7 1.7 0 01-2.4-2.4L15 7.5',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7z',
  mic: 'M12 15a3 3 0 003-3V6a3 3 0 00-6 0v6a3 3 0 003 3zM6 11.5a6 6 0 0012 0M12 17.5V21',
  smile: 'M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14.5a4.5 4.5 0 007 0M9 9.5h.01M15 9.5h.01',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  pin: 'M12 21s7-6 7-11a7 7 0 00-14 0c0 5 7 11 7 11zM12 12.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  reply: 'M10 7L5 12l5 5M5 12h9a5 5 0 015 5v1',
  down: 'M6 9l6 6 6-6',
  phone: 'M6 4l3 1 1 4-2 2a12 12 0 005 5l2-2 4 1 1 3c0 1-1 2-2 2A16 16 0 014 6c0-1 1-2 2-2z',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name, filled = false }: { name: IconName; filled?: boolean }) => (
  <svg
    class={name === 'back' || name === 'send' || name === 'reply' ? 'icon flips' : 'icon'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    fill={filled ? 'currentColor' : 'none'}
  >
    <path d={paths[name]} />
  </svg>
)
