/** What the made-up shop sells. Prices in fen (zh) and US cents (en). */
export const goods = [
  {
    sku: 'white-tea',
    zh: {
      name: '山茶花白茶',
      line: '今春头采，花香清甜',
      about: '福鼎高山白毫银针与云南山茶花瓣窨制三次。汤色浅杏，入口像刚剥开的甘蔗。适合 85 ℃ 以下的水，可冲六泡。',
      price: 12_800,
    },
    en: {
      name: 'Camellia white tea',
      line: 'First picking of spring',
      about:
        'Silver-needle buds scented three times with camellia petals. Pale apricot in the cup, sweet as fresh sugar cane. Brew below 85 °C, six infusions.',
      price: 2200,
    },
  },
  {
    sku: 'longjing',
    zh: {
      name: '云雾龙井',
      line: '手炒，豆香',
      about: '狮峰山脚小农手炒，每一锅只有二两。开封后请放冰箱，两个月内喝完最好。',
      price: 16_800,
    },
    en: {
      name: 'Cloud-mist Longjing',
      line: 'Pan-fired by hand',
      about:
        'Fired in small pans by one family near Lion Peak. Nutty and bright. Keep it in the fridge once opened and drink it within two months.',
      price: 2900,
    },
  },
  {
    sku: 'oolong',
    zh: {
      name: '桂花乌龙',
      line: '冷泡也好喝',
      about: '安溪乌龙配当年金桂，五克一泡的小袋装，一盒十二袋。夏天冷泡四小时即可。',
      price: 9800,
    },
    en: {
      name: 'Osmanthus oolong',
      line: 'Good cold, too',
      about:
        'Anxi oolong with this year’s osmanthus, twelve sachets of five grams. Cold-brew it for four hours in summer.',
      price: 1700,
    },
  },
  {
    sku: 'gaiwan',
    zh: {
      name: '青瓷盖碗',
      line: '龙泉，140 ml',
      about: '龙泉青瓷，一碗一色。单手可握，出水利落。每只都有轻微冰裂，属正常现象。',
      price: 21_900,
    },
    en: {
      name: 'Celadon gaiwan',
      line: 'Longquan, 140 ml',
      about:
        'Each one takes its own shade in the kiln. Sits well in one hand and pours clean. Fine crackle lines are part of the glaze.',
      price: 3800,
    },
  },
  {
    sku: 'notebook',
    zh: {
      name: '晨雾手账本',
      line: 'A5，布面精装',
      about: '100 克道林纸，墨水不洇，全书可 180 度摊平。共 192 页，附红色书签带。',
      price: 5600,
    },
    en: {
      name: 'Morning mist notebook',
      line: 'A5, cloth cover',
      about: '100 gsm paper that takes fountain-pen ink without bleeding. Lies flat, 192 pages, red ribbon.',
      price: 1200,
    },
  },
  {
    sku: 'pen',
    zh: {
      name: '竹节钢笔',
      line: 'F 尖，可刻字',
      about: '老竹笔杆，每支纹理不同。欧标墨囊与吸墨器两用。免费刻字，最多八个字，刻字后不退换。',
      price: 32_800,
    },
    en: {
      name: 'Bamboo fountain pen',
      line: 'F nib, free engraving',
      about:
        'A barrel of aged bamboo, no two alike. Takes standard cartridges or a converter. Engraving up to eight characters is free; engraved pens cannot be returned.',
      price: 5900,
    },
  },
  {
    sku: 'ink',
    zh: {
      name: '松烟墨水',
      line: '50 ml，微微偏绿',
      about: '松烟入墨，干后带一点青绿的光。不含防水剂，清洗方便。',
      price: 7200,
    },
    en: {
      name: 'Pine-soot ink',
      line: '50 ml, a hint of green',
      about: 'Dries with a quiet green sheen. Not waterproof, so it washes out of pens with ease.',
      price: 1400,
    },
  },
  {
    sku: 'letters',
    zh: {
      name: '茶染信笺',
      line: '二十张，十个信封',
      about: '用茶渣染色的手工纸，每批深浅略有不同。附一支火漆蜡。',
      price: 4500,
    },
    en: {
      name: 'Tea-dyed letter set',
      line: '20 sheets, 10 envelopes',
      about:
        'Handmade paper dyed with spent tea leaves; each batch differs a little. Comes with one stick of sealing wax.',
      price: 900,
    },
  },
]

export const find = (sku) => goods.find((product) => product.sku === sku)
