import { defineWords, useWords } from './i18n.ts'

/** Attributes that channels and the sign-in of staff fill by themselves; all others are named by the company. */
const attributeWords = defineWords('attributes', {
  'zh-CN': {
    username: '用户名',
    bio: '个人简介',
    gender: '性别',
    following: '已关注',
    followedBy: '关注来源',
    code: '入口参数',
    remark: '备注名',
    department: '部门',
    employeeNumber: '工号',
  },
  en: {
    username: 'Username',
    bio: 'About',
    gender: 'Gender',
    following: 'Follows the account',
    followedBy: 'Followed by way of',
    code: 'Entrance code',
    remark: 'Remark',
    department: 'Department',
    employeeNumber: 'Employee number',
  },
})

type Known =
  | 'username'
  | 'bio'
  | 'gender'
  | 'following'
  | 'followedBy'
  | 'code'
  | 'remark'
  | 'department'
  | 'employeeNumber'
const isKnown = (name: string): name is Known => Object.hasOwn(attributeWords.en, name)

/** What an attribute is called on the screen. */
export function useAttributeName(): (name: string) => string {
  const t = useWords(attributeWords)
  return (name) => (isKnown(name) ? t(name) : name)
}
