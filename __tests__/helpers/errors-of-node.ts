/**
 * Jest runs tests in a context with an `Error` of its own, so the errors that
 * Node's own modules throw are no instances of it, and the SDK wraps them
 * beyond recognition. Outside of Jest there is one `Error`; here it counts both.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: ErrorConstructor, value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true
    return this === Error && Object.prototype.toString.call(value) === '[object Error]'
  }
})
