// The gate's property tests at length: a million interleavings, ten million forged requests.
//   node scripts/test-long.ts            (about three quarters of an hour)
import { succeeds } from './checks/command.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

process.env['GATE_INTERLEAVINGS'] ??= '1000000'
process.env['GATE_FORGED_REQUESTS'] ??= '10000000'
const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
const jest = ['node_modules/jest/bin/jest.js', '__tests__/gate/races', '__tests__/gate/signature']
const { signal } = stop
process.exitCode = (await succeeds(process.execPath, [...node, ...jest], { signal })) ? 0 : 1
