import installer from '@ffmpeg-installer/ffmpeg'

/** The build that comes with the install (docs/decisions/0005-media.md says which and why). */
export const bundledFfmpeg: string = installer.path
