// Node loads this file (`--import`) into each process that a scaled suite starts; see scaled-time.mjs.
import { scaleTime } from './scaled-time.mjs'

scaleTime(globalThis, process.env.TIME_SCALE ?? '')
