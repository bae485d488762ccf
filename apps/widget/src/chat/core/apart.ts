/** Said at an address that nobody has proven to be the visitor's: here it is only known that it was said. */
export const isApart = ({ body }: { body: object }): boolean => 'apart' in body
