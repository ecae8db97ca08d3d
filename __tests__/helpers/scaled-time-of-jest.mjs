// Scales time in a suite if the test runner asks for it with TIME_FACTOR (scripts/test.ts). As one of
// `setupFilesAfterEnv` it runs when jest has taken its own timers, so jest's limits stay real time.
import { scaleTime } from './scaled-time.mjs'

const factor = Number(process.env.TIME_FACTOR ?? 1)
if (factor !== 1) scaleTime(globalThis, `${factor} ${Date.now()}`)
