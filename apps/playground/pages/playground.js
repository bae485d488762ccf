import { drawPhones } from './phones/phones.js'

const words = {
  zh: {
    subtitle: '演示',
    language: 'English',
    'to-phones': '各渠道手机',
    sdk: 'SDK 示例',
    workspace: '打开坐席工作台',
    'accounts-title': '演示账号',
    'shop-title': '店铺网页上的访客',
    'phone-title': '手机上的另一位访客',
    password: '密码都是 camellia-demo',
    roles: { admin: '管理员', lead: '班长', agent: '坐席' },
  },
  en: {
    subtitle: 'Playground',
    language: '中文',
    'to-phones': 'Phones',
    sdk: 'SDK by example',
    workspace: 'Open the agents’ workspace',
    'accounts-title': 'Demo accounts',
    'shop-title': 'A visitor on the shop’s site',
    'phone-title': 'Another visitor on a phone',
    password: 'The password of all is camellia-demo',
    roles: { admin: 'Administrator', lead: 'Team lead', agent: 'Agent' },
  },
}

/** The same five people as in the server's demo data. */
const accounts = [
  ['沈知秋 Shen Zhiqiu', 'admin@camellia.example', 'admin'],
  ['林晓 Lin Xiao', 'lin@camellia.example', 'lead'],
  ['周予安 Zhou Yu’an', 'zhou@camellia.example', 'agent'],
  ['Emma Clarke', 'emma@camellia.example', 'agent'],
  ['何嘉树 He Jiashu', 'he@camellia.example', 'agent'],
]

/** What a browser keeps of a visitor is kept by inbox: the phone uses the other one, and so is somebody else. */
const inboxOnPhone = { zh: 'camellia-en', en: 'camellia-zh' }

let language = new URLSearchParams(location.search).get('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
if (!(language in words)) language = 'zh'

const byId = (id) => document.getElementById(id)

function rowOf([name, email, role]) {
  const row = document.createElement('tr')
  for (const text of [name, email, words[language].roles[role]]) {
    const cell = document.createElement('td')
    cell.textContent = text
    row.append(cell)
  }
  return row
}

function draw() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const [id, text] of Object.entries(words[language])) {
    if (typeof text === 'string') byId(id).textContent = text
  }
  byId('accounts').replaceChildren(...accounts.map(rowOf))
  byId('sdk').href = `sdk.html?lang=${language}`
  byId('shop').title = words[language]['shop-title']
  byId('shop').src = `shop/?lang=${language}`
  byId('phone').title = words[language]['phone-title']
  void drawPhones(language)
  byId('phone').src = `/chat/${inboxOnPhone[language]}?lang=${language === 'zh' ? 'en' : 'zh-CN'}`
}

const dark = matchMedia('(prefers-color-scheme: dark)')
const setTheme = () => (document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light')
dark.addEventListener('change', setTheme)
setTheme()

byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh'
  draw()
})
draw()
