import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCallbackBody } from './body.ts'
import { toXml } from './simulator.ts'

const nested = (depth: number): string => `<xml>${'<A>'.repeat(depth)}1${'</A>'.repeat(depth)}</xml>`
const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')

describe('refused', () => {
  test.each([
    ['an external entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>'],
    ['an external document type', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://a.cn/x"><xml><A>1</A></xml>'],
    ['a parameter entity', '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://a.cn/x"> %a;]><xml><A>1</A></xml>'],
    ['a billion laughs', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><xml><A>&l9;</A></xml>`],
    ['a document type in lower case', '<!doctype x><xml><A>1</A></xml>'],
    ['a document type within', '<xml><!DOCTYPE x [<!ENTITY a "b">]><A>1</A></xml>'],
    ['one that hides in an attribute', '<xml><A b="<![CDATA["><!DOCTYPE x [<!ENTITY a "b">]><B c="]]>"></B></A></xml>'],
    ['one that hides in a tag', '<xml><A<![CDATA[><!DOCTYPE x [<!ENTITY a "b">]>]]>></A></xml>'],
    ['one that hides in a comment', '<xml><!-- <![CDATA[ --><!DOCTYPE x [<!ENTITY a "b">]><!-- ]]> --><A>1</A></xml>'],
    ['one that hides in an instruction', '<xml><?a <![CDATA[ ?><!DOCTYPE x [<!ENTITY a "b">]><?a ]]> ?><A>1</A></xml>'],
    ['a tag that CDATA holds together', '<xml><<![CDATA[ ]]>A>1</A></xml>'],
    ['an entity', '<xml><A>&lt;</A></xml>'],
    ['an entity that is a number', '<xml><A>&#60;</A></xml>'],
    ['a comment', '<xml><!-- a --><A>1</A></xml>'],
    ['an instruction', '<xml><?php 1 ?><A>1</A></xml>'],
    ['an attribute', '<xml><A b="1">1</A></xml>'],
    ['the end of another element', '<xml><A>1</B></xml>'],
    ['an element without end', '<xml><A>1</xml>'],
    ['an end too many', '<xml><A>1</A></A></xml>'],
    ['CDATA without end', '<xml><A><![CDATA[1]]</A></xml>'],
    ['half of it', '<xml><A><![CDA'],
    ['two roots', '<xml><A>1</A></xml><xml><A>2</A></xml>'],
    ['words behind', '<xml><A>1</A></xml>1'],
    ['another root', '<a><A>1</A></a>'],
    ['a root of words', '<xml>1</xml>'],
    ['names that objects have', '<xml><__proto__><A>1</A></__proto__></xml>'],
    ['deep nesting', nested(10_000)],
    ['a little more than deep enough', nested(21)],
    ['deep nesting in JSON', `{"A":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['very deep nesting in JSON', `{"A":${'['.repeat(60_000)}${']'.repeat(60_000)}}`],
    ['too much XML', `<xml><A><![CDATA[${'x'.repeat(131_072)}]]></A></xml>`],
    ['too much JSON', JSON.stringify({ A: 'x'.repeat(131_072) })],
    ['CDATA that never ends, many times', '<xml>'.concat('<![CDATA['.repeat(14_000))],
    ['broken JSON', '{"A":'],
    ['a list', '[1]'],
    ['words', 'success'],
    ['nothing', ''],
  ])('%s', (_, body) => expect(readCallbackBody(body)).toBeNull())
})

describe('read', () => {
  test.each([
    [
      'what looks dangerous in CDATA',
      '<xml><A><![CDATA[<!DOCTYPE a>&lt;<b c="d">]]></A></xml>',
      { A: '<!DOCTYPE a>&lt;<b c="d">' },
    ],
    ['CDATA within CDATA', '<xml><A><![CDATA[<![CDATA[1]]]]><![CDATA[>]]></A></xml>', { A: '<![CDATA[1]]>' }],
    [
      'space where it counts, repeats, empty elements',
      '\n<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n <A> <![CDATA[ a \n]]>\n </A><B>01</B><B></B><C/></xml>\n',
      { A: ' a \n', B: ['01', ''], C: '' },
    ],
    [
      'ids and what looks like a number or a truth',
      '<xml><A>22876340532172986</A><B>1e3</B><C>true</C></xml>',
      { A: '22876340532172986', B: '1e3', C: 'true' },
    ],
    ['elements within elements', nested(3), { A: { A: { A: '1' } } }],
    [
      'JSON whose ids no double can hold',
      '{"MsgId": 22876340532172986, "a": 1.5, "b": -22876340532172986}',
      { MsgId: '22876340532172986', a: 1.5, b: '-22876340532172986' },
    ],
  ])('%s', (_, body, wanted) => expect(readCallbackBody(body)).toEqual(wanted))

  test('whatever customers write comes through XML as they wrote it', () => {
    const pieces = [
      '<',
      '>',
      '</A>',
      '<!DOCTYPE a>',
      '<![CDATA[',
      ']',
      ']]>',
      '&lt;',
      '"',
      ' ',
      '\n',
      '\u0000',
      '李',
      '😀',
    ]
    const words = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''))
    fc.assert(
      fc.property(words, words, (one, other) => {
        const fields = { A: one, B: { C: other } }
        expect(readCallbackBody(toXml(fields))).toEqual(fields)
      }),
    )
  })
})
