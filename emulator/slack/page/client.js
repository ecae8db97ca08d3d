// Follows the workspace and shows it to one of its members.
import { blocks, text } from './blocks.js'
import { mrkdwn } from './mrkdwn.js'

const token = document.querySelector('meta[name=token]').content
const main = document.getElementById('messages')
const select = document.getElementById('user')
const confirmDialog = document.getElementById('confirm')
const modal = document.getElementById('modal')
const trouble = document.getElementById('trouble')

let events
let state
/** The modal on display: its id, so that an update of the page does not take what was typed. */
let shown

select.addEventListener('change', () => watch(select.value))
watch(new URL(location.href).searchParams.get('user') ?? '')

function watch(user) {
  events?.close()
  events = new EventSource(`/events?${new URLSearchParams({ token, user })}`)
  events.onmessage = ({ data }) => {
    state = JSON.parse(data)
    const people = state.members.filter(({ bot }) => !bot)
    if (!people.some(({ id }) => id === user) && people.length > 0) return watch(people[0].id)
    history.replaceState(null, '', `/?${new URLSearchParams({ user })}`)
    show(user, people)
  }
}

function show(user, people) {
  const context = {
    names: new Map(state.members.map(({ id, name }) => [id, name])),
    now: () => state.now
  }
  document.getElementById('channel').textContent = `# ${Object.values(state.channels)[0] ?? ''}`
  select.replaceChildren(
    ...people.map(({ id, name }) => new Option(name, id, id === user, id === user))
  )
  const all = [
    ...state.messages.map((each) => messageNode(each, context, user)),
    ...state.ephemerals.map((each) => ephemeralNode(each, context))
  ]
  const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 40
  main.replaceChildren(
    ...all.sort((one, other) => one.dataset.order.localeCompare(other.dataset.order))
  )
  if (atEnd) scrollTo(0, document.body.scrollHeight)
  trouble.hidden = state.trouble === undefined
  trouble.textContent = state.trouble ?? ''
  showModal(user)
}

function messageNode(message, context, user) {
  const node = frame(message.ts, message.thread, message.edited)
  const press = (button, element) => void pressed(button, element, message, user)
  const body =
    message.blocks.length > 0
      ? blocks(message.blocks, context, press)
      : plainBody(message.text, context)
  node.lastElementChild.append(body)
  return node
}

function ephemeralNode({ ts, text: said }, context) {
  const node = frame(ts, undefined, false)
  const only = document.createElement('div')
  only.className = 'only'
  only.append('Only visible to you')
  node.lastElementChild.prepend(only)
  node.lastElementChild.append(plainBody(said, context))
  return node
}

function plainBody(said, context) {
  const body = document.createElement('div')
  body.className = 'body'
  const line = document.createElement('p')
  line.append(mrkdwn(said, context))
  body.append(line)
  return body
}

function frame(ts, thread, edited) {
  const node = document.createElement('article')
  node.className = thread ? 'message thread' : 'message'
  node.dataset.ts = ts
  // Answers stand under what they answer.
  node.dataset.order = `${thread ?? ts} ${ts}`
  const avatar = document.createElement('div')
  avatar.className = 'avatar'
  avatar.setAttribute('aria-hidden', 'true')
  avatar.append('G')
  const content = document.createElement('div')
  const meta = document.createElement('div')
  meta.className = 'meta'
  const app = document.createElement('span')
  app.className = 'app'
  app.append('APP')
  const time = document.createElement('time')
  time.append(
    new Date(Number(ts.split('.')[0]) * 1000).toLocaleTimeString([], {
      hour: '2-digit',
      minute: '2-digit',
      hour12: false
    })
  )
  meta.append('Release gate', app, time)
  if (edited) {
    const mark = document.createElement('span')
    mark.className = 'edited'
    mark.append('(edited)')
    meta.append(mark)
  }
  content.append(meta)
  node.append(avatar, content)
  return node
}

async function pressed(button, element, { ts }, user) {
  if (button.confirm && !(await confirmed(button.confirm))) return
  element.disabled = true
  await post('/click', user, { ts, action: button.action_id })
  element.disabled = false
}

function confirmed({ title, text: about, confirm, deny, style }) {
  confirmDialog.querySelector('h2').textContent = title.text
  confirmDialog
    .querySelector('p')
    .replaceWith(text(about, { names: new Map(), now: () => state.now }, 'p'))
  const [no, yes] = confirmDialog.querySelectorAll('button')
  no.textContent = deny.text
  yes.textContent = confirm.text
  yes.className = style === 'danger' ? 'danger' : 'primary'
  confirmDialog.returnValue = 'deny'
  confirmDialog.showModal()
  return new Promise((resolve) => {
    confirmDialog.addEventListener(
      'close',
      () => resolve(confirmDialog.returnValue === 'confirm'),
      { once: true }
    )
  })
}

function showModal(user) {
  const open = state.modal
  if (!open) {
    shown = undefined
    modal.close()
    return
  }
  if (shown !== open.id) {
    shown = open.id
    modal.replaceChildren(modalForm(open.view, user))
    modal.showModal()
    modal.querySelector('textarea, input')?.focus()
  }
  for (const old of modal.querySelectorAll('.error')) old.remove()
  for (const [block, message] of Object.entries(open.errors)) {
    const error = document.createElement('span')
    error.className = 'error'
    error.setAttribute('role', 'alert')
    error.append(message)
    modal
      .querySelector(`[name="${CSS.escape(block)}"]`)
      ?.closest('label')
      ?.append(error)
  }
}

function modalForm(view, user) {
  const form = document.createElement('form')
  const title = document.createElement('h2')
  title.append(view.title.text)
  const menu = document.createElement('menu')
  const close = document.createElement('button')
  close.type = 'button'
  close.append(view.close?.text ?? 'Cancel')
  close.addEventListener('click', () => void post('/dismiss', user, {}))
  const submit = document.createElement('button')
  submit.className = 'primary'
  submit.append(view.submit?.text ?? 'Submit')
  menu.append(close, submit)
  form.append(
    title,
    blocks(view.blocks, { names: new Map(), now: () => state.now }, () => undefined),
    menu
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit.disabled = true
    void post('/submit', user, { values: Object.fromEntries(new FormData(form)) }).then(() => {
      submit.disabled = false
    })
  })
  return form
}

modal.addEventListener('cancel', (event) => {
  event.preventDefault()
  void post('/dismiss', select.value, {})
})

function post(path, user, body) {
  return fetch(`${path}?${new URLSearchParams({ token, user })}`, {
    method: 'POST',
    body: JSON.stringify(body)
  })
}
