/** Numbers that both ends of a socket keep to. */
export const pingEverySeconds = 25
export const typingLastsSeconds = 6
export const maxFrameBytes = 64 * 1024
