/** Of the identity that a group is, by its key; no address of a channel begins so. */
export const groupAddress = (key: string): string => `in ${key}`
