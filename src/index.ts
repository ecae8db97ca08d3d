import { enter } from './action/entry.ts'

await enter()
