// What a program starts, waits for or asks never comes to anything, and holds nothing:
//   node --import __tests__/scripts/stopped.mjs PROGRAM
import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { Duplex, PassThrough } from 'node:stream'

const never = () => new Promise(() => undefined)
const silence = () => new Duplex({ read: () => undefined, write: () => undefined })
const { request } = http

childProcess.spawn = () =>
  Object.assign(new EventEmitter(), { stdout: new PassThrough(), stderr: new PassThrough() })
net.Server.prototype.listen = function () {
  return this
}
http.request = () => request({ createConnection: silence })
for (const name of ['readFile', 'writeFile', 'mkdtemp']) fs.promises[name] = never
globalThis.fetch = never
globalThis.setTimeout = () => ({ ref: () => undefined, unref: () => undefined })
syncBuiltinESMExports()
