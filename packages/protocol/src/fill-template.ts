const place = /\{\{\s*([^{}]+?)\s*\}\}/gu

/** The words with what is filled in, in the order of `parameters`. A place without words stays as it is. */
export const fillTemplate = (text: string, parameters: readonly string[], values: readonly string[]): string =>
  text.replaceAll(place, (whole, name: string) => values[parameters.indexOf(name)]?.trim() || whole)
