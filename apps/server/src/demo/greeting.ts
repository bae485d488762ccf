import { demoPassword, people } from './company.ts'

/** What the terminal says when the demo is on: where to click and who to be. */
export function demoGreeting(url: string): string {
  const accounts = people.map(({ name, email, role }) => `    ${email.padEnd(24)} ${role.padEnd(6)} ${name}`)
  return [
    '',
    '  Qiao 桥 is ready, with a demo company. 演示公司已备好。',
    '',
    `    Workspace   工作台     ${url}/`,
    `    Playground  演示店铺   ${url}/playground/`,
    '',
    `  Sign in with the password ${demoPassword} as one of 用下列账号登录:`,
    ...accounts,
    '',
  ].join('\n')
}
