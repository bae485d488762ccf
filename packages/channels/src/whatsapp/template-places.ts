import type { TemplatePlace } from '@qiao/protocol'

const variable = /\{\{\s*(\w+)\s*\}\}/gu

export interface Named {
  key: string
  name: string
}

/** Places of every part are called by names that are theirs alone: each part of a template counts from one. */
export function reading(text: string, keyOf: (name: string) => string): { words: string; places: Named[] } {
  const names = [...new Set([...text.matchAll(variable)].map(([, name = '']) => name))]
  const words = text.replaceAll(variable, (_whole, name: string) => `{{${keyOf(name)}}}`)
  return { words, places: names.map((name) => ({ key: keyOf(name), name })) }
}

interface Circumstances {
  part: 'header' | 'body'
  text: string
  isNamed: boolean
  /** In the order of the numbers. */
  examples: readonly string[]
  namedExamples: readonly { param_name: string; example: string }[]
}

export const placesOfText = (
  places: readonly Named[],
  { part, text, isNamed, examples, namedExamples }: Circumstances,
): { key: string; place: TemplatePlace }[] => {
  // What the whole part holds, less the words around.
  const most = mostOfText[part] - Array.from(text.replaceAll(variable, '')).length
  return inOrder(places, isNamed).map(({ key, name }) => {
    const example = isNamed
      ? namedExamples.find(({ param_name: param }) => param === name)?.example
      : examples[Number(name) - 1]
    return {
      key,
      place: {
        part,
        name,
        ...(isNamed ? { named: true } : {}),
        plain: true,
        most,
        ...(example ? { example } : {}),
      },
    }
  })
}

/** Numbered ones are given in the order of their numbers, wherever they stand. */
const inOrder = (places: readonly Named[], isNamed: boolean): readonly Named[] =>
  isNamed ? places : places.toSorted((one, other) => Number(one.name) - Number(other.name))

const mostOfText = { header: 60, body: 1024 }
