const demuxers: Record<string, string> = {
  amr: 'amr',
  mp3: 'mp3',
  wav: 'wav',
  aac: 'aac',
  m4a: 'mov',
  mp4: 'mov',
  mov: 'mov',
  opus: 'ogg',
  weba: 'matroska',
  webm: 'matroska',
  avi: 'avi',
  flv: 'flv',
  wmv: 'asf',
  bmp: 'bmp_pipe',
}

/** ffmpeg's reader for one of our file types. */
export function demuxerOf(extension: string): string {
  const demuxer = demuxers[extension]
  if (demuxer === undefined) throw new Error(`No demuxer for .${extension}`)
  return demuxer
}
