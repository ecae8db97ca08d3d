/** Steps of the example service that a health check cannot see: an order that is placed, paid and read back. */
export const orderAndPay = (headers = ''): string => `
flows:
  - name: order and pay
    required: true
    steps:
      - name: order
        method: POST
        path: /orders
        headers: { ${headers} }
        body: { items: [{ name: tea, price: 350, quantity: 2 }] }
        expect: { status: 201, json: { $.total: 700 } }
        save: { order: $.id }
      - name: pay
        method: POST
        path: "/orders/{{order}}/payment"
        body: { amount: 700 }
      - name: read back
        path: "/orders/{{order}}"
        expect: { json: { $.status: paid } }
`
