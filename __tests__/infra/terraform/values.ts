/** A value of Terraform's language. */
export type Value = string | number | boolean | null | Instance | readonly Value[] | Values
export interface Values {
  readonly [name: string]: Value
}

/** A resource or data source, whose attributes are looked up by name. */
export class Instance {
  readonly attribute: (name: string) => Value
  constructor(attribute: (name: string) => Value) {
    this.attribute = attribute
  }
}
