import { Image } from '@tiptap/extension-image'

const within = 'data-cid'

/**
 * A picture within the words. What is kept names it, what the editor shows is the file itself, whose address lasts only
 * minutes. Not `src="cid:…"` before it is sent: the browser would try to load that with each key.
 */
export const pictureFrom = (addressOf: (cid: string) => Promise<string>) =>
  Image.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        src: {
          default: null,
          parseHTML: (element) => {
            const cid = element.getAttribute(within)
            return cid === null ? element.getAttribute('src') : `cid:${cid}`
          },
          renderHTML: ({ src }) => {
            const source = String(src ?? '')
            return source.startsWith('cid:') ? { [within]: source.slice(4) } : { src: source }
          },
        },
      }
    },
    parseHTML() {
      return [{ tag: `img[${within}]` }, { tag: 'img[src]:not([src^="data:"])' }]
    },
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement('img')
        const source = String(node.attrs['src'] ?? '')
        dom.alt = String(node.attrs['alt'] ?? '')
        if (source.startsWith('cid:')) {
          addressOf(source.slice(4)).then(
            (address) => {
              dom.src = address
            },
            // Its words stand in its place.
            () => undefined,
          )
        } else dom.src = source
        return { dom }
      }
    },
  })
