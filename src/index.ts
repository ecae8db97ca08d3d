import { enter } from './action/entry.ts'

// Not awaited: a module with a top-level await is wrapped by the bundler, and parsed twice.
void enter()
