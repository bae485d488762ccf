// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unspeakable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu

/** Without what no message can hold and no phone shows: control characters but for tabs and line breaks, halves of emoji. */
export const speakable = (text: string): string => text.toWellFormed().replace(unspeakable, '')
