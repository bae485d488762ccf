import { Image } from '@tiptap/extension-image'

/**
 * A picture within the words. What is kept and sent names it (`cid:`), what the editor shows is the file itself, whose address
 * lasts only minutes.
 */
export const pictureFrom = (addressOf: (cid: string) => Promise<string>) =>
  Image.extend({
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
