/**
 * The network of a function that is attached to a VPC, inside its process:
 * names and addresses of the VPC lead to the loopback ports where the emulator
 * really listens, and nothing else leads anywhere.
 */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import type { Routes } from '../vpc.ts'

const LOOPBACK = '127.0.0.1'
/** Nothing listens there: what the VPC does not know is refused. */
const NOWHERE = 1

/** Takes the network over, for good; returns how it is told of the VPC as it is now. */
export function joinVpc(): (routes: Routes) => void {
  let routes: Routes = { names: {}, ports: {} }
  const lookup: unknown = dns.lookup
  const connect: unknown = Reflect.get(net.Socket.prototype, 'connect')

  Reflect.set(dns, 'lookup', function (this: unknown, ...args: unknown[]): unknown {
    const [name] = args
    const callback = args.at(-1)
    const options = typeof args[1] === 'object' && args[1] !== null ? args[1] : {}
    if (typeof name !== 'string' || !isCallable(callback)) return undefined
    if (net.isIP(name) !== 0 || name === 'localhost') return apply(lookup, this, args)
    const address = routes.names[name]
    if (address === undefined) {
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
      process.nextTick(callback, error)
    } else if ('all' in options && options.all === true) {
      process.nextTick(callback, null, [{ address, family: 4 }])
    } else process.nextTick(callback, null, address, 4)
    return {}
  })
  // Bundles import these by name.
  syncBuiltinESMExports()

  Reflect.set(net.Socket.prototype, 'connect', function (this: unknown, ...args: unknown[]) {
    const options: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
    if (typeof options === 'object' && options !== null && !('path' in options && options.path)) {
      const host = String(Reflect.get(options, 'host') ?? LOOPBACK)
      if (host !== LOOPBACK && host !== 'localhost') {
        const port = routes.ports[`${routes.names[host] ?? host}:${Reflect.get(options, 'port')}`]
        Object.assign(options, { host: LOOPBACK, port: port ?? NOWHERE })
      }
    }
    return apply(connect, this, args)
  })
  return (now) => {
    routes = now
  }
}

function apply(target: unknown, self: unknown, args: unknown[]): unknown {
  return isCallable(target) ? Reflect.apply(target, self, args) : undefined
}

function isCallable(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function'
}
