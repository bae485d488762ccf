import { defineWords } from '../../../shared/i18n.ts'

export const routingWords = defineWords('settings-inbox-routing', {
  'zh-CN': {
    queue: '队列',
    queueHint: '客户发来消息后在这个队列里排队，由系统派给合适的坐席。',
    byHand: '不排队，由坐席自己领取',
    editQueue: '打开这个队列',
    noQueues: '还没有队列。',
    newQueue: '新建队列',
    departments: '按部门排队',
    departmentsHint: '聊前表单里的部门可以有自己的队列。',
    noDepartments: '聊前表单里还没有部门。',
    addDepartments: '添加部门',
    department: '“{{label}}”的队列',
    same: '与上面相同',
    gone: '已删除的队列',
  },
  en: {
    queue: 'Queue',
    queueHint: 'Customers who write wait in it, and the system gives them to the right agent.',
    byHand: 'None: agents take conversations themselves',
    editQueue: 'Open this queue',
    noQueues: 'There are no queues yet.',
    newQueue: 'Make a queue',
    departments: 'By department',
    departmentsHint: 'A department of the form before the chat may have a queue of its own.',
    noDepartments: 'The form before the chat has no departments yet.',
    addDepartments: 'Add departments',
    department: 'Queue of “{{label}}”',
    same: 'The same as above',
    gone: 'A deleted queue',
  },
})
