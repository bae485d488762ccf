export { changeTemplate } from './change-template.ts'
export { fillForSending } from './fill-for-sending.ts'
export { findTemplate, keepListProblem, type ListedTemplate, readList, replaceList } from './store.ts'
