import type { ContactInput } from '#contacts'

type Details = ContactInput & { pages?: string[] }

/** What the shop knows of its customers beyond the name. Numbers and addresses are made up. */
const details: Record<string, Details> = {
  陈雨桐: known('chen.yutong', '138 0000 4471', { level: '金卡', orders: 7, city: '杭州' }, ['gaiwan', 'white-tea']),
  王思远: known('wang.siyuan', '139 0000 2096', { level: '普通', orders: 2, city: '南京' }, ['longjing']),
  李明哲: known('li.mingzhe', '137 0000 8812', { level: '银卡', orders: 4, city: '上海' }, ['oolong', 'letters']),
  郑晚秋: known('zheng.wanqiu', '136 0000 5520', { level: '金卡', orders: 11, city: '成都', vip: true }, ['gaiwan']),
  周雅: known('zhou.ya', '135 0000 7741', { level: '企业', company: '拾光文化', orders: 1 }, ['notebook', 'pen']),
  孙小满: known('sun.xiaoman', '134 0000 1190', { level: '普通', orders: 0 }, ['longjing', 'gaiwan']),
  吴迪: known('wu.di', '133 0000 6632', { level: '银卡', orders: 3 }, ['pen', 'ink']),
  杨柳: known('yang.liu', '132 0000 3345', { level: '企业', company: '云起民宿', orders: 6 }, ['oolong']),
  'Hannah Weiss': known('hannah.weiss', '+49 30 0000 118', { tier: 'gold', orders: 5, country: 'Germany' }, [
    'white-tea',
    'notebook',
  ]),
  'Lucas Moreau': known('lucas.moreau', '+33 1 0000 2244', { tier: 'silver', orders: 3, country: 'France' }, [
    'letters',
  ]),
  'Daniel Okafor': known(
    'daniel.okafor',
    '+44 20 0000 0091',
    { tier: 'silver', orders: 2, country: 'United Kingdom' },
    ['pen'],
  ),
  'Priya Raman': known('priya.raman', '+44 113 0000 310', { tier: 'trade', company: 'Leaf & Page', orders: 1 }, [
    'notebook',
  ]),
  'Olivia Bennett': known('olivia.bennett', '+1 212 0000 733', { tier: 'new', orders: 0, country: 'United States' }, [
    'gaiwan',
  ]),
}

function known(
  address: string,
  phone: string,
  attributes: NonNullable<ContactInput['attributes']>,
  pages: string[],
): Details {
  return { email: `${address}@mail.example`, phone, attributes, pages }
}

const phones = {
  zh: 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36',
  en: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
}
const zones: Record<string, string> = {
  Germany: 'Europe/Berlin',
  France: 'Europe/Paris',
  'United States': 'America/New_York',
}

export const isAnonymous = (name: string): boolean => name === '访客' || name === 'Visitor'

export function contactOf(name: string, language: 'zh' | 'en'): { contact: ContactInput; pages: string[] } {
  const { pages = [], ...more } = details[name] ?? {}
  const country = String(more.attributes?.['country'] ?? '')
  const timeZone = language === 'zh' ? 'Asia/Shanghai' : (zones[country] ?? 'Europe/London')
  const locale = language === 'zh' ? 'zh-CN' : 'en'
  const device = {
    userAgent: phones[language],
    language: locale,
    timeZone,
    screen: language === 'zh' ? '412x915' : '1440x900',
  }
  return { contact: { ...(isAnonymous(name) ? {} : { name }), language: locale, timeZone, device, ...more }, pages }
}
