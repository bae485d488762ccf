import { said, type Sample, single, text } from './fixture-frames.ts'
import { changes } from './fixtures-of-changes.ts'

const contents: Sample[] = [
  single(
    'text with emoji',
    { id: 'wamid.1', type: 'text', text: { body: '你好/😀' } },
    said('wamid.1', text('你好/😀')),
  ),
  single(
    'empty text',
    { id: 'wamid.1b', type: 'text', text: { body: ' ' } },
    said('wamid.1b', { type: 'unsupported', summary: 'Message without text' }),
  ),
  single(
    'reply, forwarded, about a product',
    {
      id: 'wamid.2',
      type: 'text',
      text: { body: 'This one?' },
      context: {
        from: '15550783881',
        id: 'wamid.0',
        forwarded: true,
        referred_product: { catalog_id: '194', product_retailer_id: 'LJ-1' },
      },
    },
    said('wamid.2', text('This one?'), {
      replyTo: 'wamid.0',
      extra: { forwarded: true, referred_product: { catalog_id: '194', product_retailer_id: 'LJ-1' } },
    }),
  ),
  single(
    'from an advertisement',
    {
      id: 'wamid.3',
      type: 'text',
      text: { body: 'Hi' },
      referral: {
        source_url: 'https://fb.me/3cr4Wqqkv',
        source_id: '120208',
        source_type: 'ad',
        headline: 'Tea',
        body: 'Fresh',
        media_type: 'image',
        ctwa_clid: 'Aff-n8ZTOD',
      },
    },
    said('wamid.3', text('Hi'), {
      referral: { source: 'ad', parameter: '120208', title: 'Tea', url: 'https://fb.me/3cr4Wqqkv' },
      extra: { ctwa_clid: 'Aff-n8ZTOD' },
    }),
  ),
  single(
    'image with caption',
    { id: 'wamid.4', type: 'image', image: { id: '10138', mime_type: 'image/jpeg', sha256: 'x=', caption: 'Broken' } },
    said('wamid.4', { type: 'image', media: { id: '10138', mime: 'image/jpeg' }, caption: 'Broken' }),
  ),
  single(
    'sticker',
    { id: 'wamid.5', type: 'sticker', sticker: { id: '10139', mime_type: 'image/webp', animated: false } },
    said('wamid.5', { type: 'image', media: { id: '10139', mime: 'image/webp' } }),
  ),
  single(
    'voice',
    { id: 'wamid.6', type: 'audio', audio: { id: '10140', mime_type: 'audio/ogg; codecs=opus', voice: true } },
    said('wamid.6', { type: 'audio', media: { id: '10140', mime: 'audio/ogg; codecs=opus' } }),
  ),
  single(
    'video',
    { id: 'wamid.7', type: 'video', video: { id: '10141', mime_type: 'video/mp4' } },
    said('wamid.7', { type: 'video', media: { id: '10141', mime: 'video/mp4' } }),
  ),
  single(
    'document',
    { id: 'wamid.8', type: 'document', document: { id: '10142', mime_type: 'application/pdf', filename: 'a.pdf' } },
    said('wamid.8', { type: 'file', media: { id: '10142', mime: 'application/pdf', name: 'a.pdf' } }),
  ),
  single(
    'location',
    {
      id: 'wamid.9',
      type: 'location',
      location: { latitude: 31.23, longitude: 121.47, name: '外滩', address: '中山东一路' },
    },
    said('wamid.9', { type: 'location', latitude: 31.23, longitude: 121.47, title: '外滩', address: '中山东一路' }),
  ),
  single(
    'contacts',
    {
      id: 'wamid.10',
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Wang', first_name: 'Wang' },
          phones: [{ phone: '+86 1', type: 'CELL' }],
          emails: [{ email: 'wang@example.com', type: 'WORK' }],
          org: { company: 'Camellia' },
        },
      ],
    },
    said('wamid.10', {
      type: 'contact',
      name: 'Wang',
      phones: ['+86 1'],
      emails: ['wang@example.com'],
      organisation: 'Camellia',
    }),
  ),
  single(
    'several contacts',
    {
      id: 'wamid.10b',
      type: 'contacts',
      contacts: [
        { name: { formatted_name: 'Wang' }, phones: [{ phone: '+86 1' }] },
        { name: { formatted_name: 'Li' } },
      ],
    },
    said('wamid.10b', text('Wang\n+86 1\nLi')),
  ),
  single(
    'button of ours',
    {
      id: 'wamid.11',
      type: 'interactive',
      context: { id: 'wamid.0' },
      interactive: { type: 'button_reply', button_reply: { id: 'a', title: '退货' } },
    },
    said('wamid.11', text('退货'), { replyTo: 'wamid.0', choice: 'a' }),
  ),
  single(
    'row of a list of ours',
    {
      id: 'wamid.12',
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'b', title: 'Exchange' } },
    },
    said('wamid.12', text('Exchange'), { choice: 'b' }),
  ),
  single(
    'form of a flow',
    {
      id: 'wamid.13',
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","size":"M","count":2}' },
      },
    },
    said('wamid.13', {
      type: 'form-response',
      title: 'flow',
      values: [
        { name: 'size', label: 'size', value: 'M' },
        { name: 'count', label: 'count', value: '2' },
      ],
    }),
  ),
  single(
    'button of a template',
    { id: 'wamid.14', type: 'button', context: { id: 'wamid.0' }, button: { payload: 'yes', text: 'Yes please' } },
    said('wamid.14', text('Yes please'), { replyTo: 'wamid.0', choice: 'yes' }),
  ),
  single(
    'order',
    {
      id: 'wamid.HBgLMTIzNDU2Nzg5MA==',
      type: 'order',
      order: {
        catalog_id: '194',
        text: '请送到前台',
        product_items: [{ product_retailer_id: 'LJ-1', quantity: 2, item_price: 64.5, currency: 'CNY' }],
      },
    },
    said(
      'wamid.HBgLMTIzNDU2Nzg5MA==',
      {
        type: 'order',
        number: 'NDU2Nzg5MA==',
        status: 'cart',
        totalMinorUnits: 12_900,
        currency: 'CNY',
        lines: [{ title: 'LJ-1', quantity: 2 }],
      },
      { extra: { note: '请送到前台' } },
    ),
  ),
  single(
    'in a group',
    { id: 'wamid.16', group_id: 'Y2FwaV9ncm91cDox', type: 'text', text: { body: 'Hi all' } },
    said('wamid.16', text('Hi all'), { thread: { key: 'Y2FwaV9ncm91cDox', kind: 'group' } }),
  ),
  single(
    'poll',
    {
      id: 'wamid.15',
      type: 'unsupported',
      errors: [
        { code: 131_051, title: 'Message type unknown', error_data: { details: 'Message type is not supported' } },
      ],
    },
    said('wamid.15', { type: 'unsupported', summary: 'Message type is not supported' }),
  ),
  single(
    'a type of tomorrow',
    { id: 'wamid.16', type: 'hologram', hologram: {} },
    said('wamid.16', { type: 'unsupported', summary: 'WhatsApp message of type hologram' }),
  ),
]

export const fixtures: readonly Sample[] = [...contents, ...changes]
