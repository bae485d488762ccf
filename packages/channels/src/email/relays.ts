import { BlockList, isIP } from 'node:net'

/** Networks that nobody outside sends from: whoever comes by one of them passes on what others sent. */
const inside = networksOf(
  '127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,100.64.0.0/10,::1,fc00::/7,fe80::/10',
)

/** Null when one of them is neither an address nor a network. */
export function networksOf(text: string): BlockList | null {
  const list = new BlockList()
  for (const item of text.split(/[,，;；\s]+/u).filter((each) => each !== '')) {
    const [address = '', bits, ...more] = item.split('/')
    const version = isIP(address)
    if (version === 0 || more.length > 0 || (bits !== undefined && !/^\d{1,3}$/u.test(bits))) return null
    const most = version === 4 ? 32 : 128
    const length = bits === undefined ? most : Number(bits)
    if (length > most) return null
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const holds = (list: BlockList | null, address: string): boolean => {
  const bare = address.replace(/^::ffff:(?=\d+\.)/iu, '')
  const version = isIP(bare)
  return version !== 0 && (list?.check(bare, version === 4 ? 'ipv4' : 'ipv6') ?? false)
}

export const isTrustedRelay = (address: string, relays: string): boolean => holds(networksOf(relays), address)
export const isInside = (address: string): boolean => holds(inside, address)
