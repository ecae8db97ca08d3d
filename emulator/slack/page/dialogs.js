// The confirm dialog before a press, and the modal an app opens.
import { blocks, text } from './blocks.js'
import { showErrors } from './inputs.js'

const confirmDialog = document.getElementById('confirm')
const modal = document.getElementById('modal')

/** Whether the person said yes. */
export function confirmed({ title, text: about, confirm, deny, style }, context) {
  confirmDialog.querySelector('h2').replaceWith(named(text(title, context, 'h2'), 'confirm-title'))
  const former = confirmDialog.querySelector('h2 + *')
  former.replaceWith(text(about, context, 'p', 'text'))
  const [no, yes] = confirmDialog.querySelectorAll('button')
  no.replaceChildren(text(deny, context, 'span'))
  yes.replaceChildren(text(confirm, context, 'span'))
  yes.className = style === 'danger' ? 'danger' : 'primary'
  confirmDialog.returnValue = 'deny'
  confirmDialog.showModal()
  return new Promise((resolve) => {
    const said = () => resolve(confirmDialog.returnValue === 'confirm')
    confirmDialog.addEventListener('close', said, { once: true })
  })
}

/** The modal on display: an update of the page does not take what was typed. */
let shown
let dismiss = () => undefined

export function showModal(open, context, acts) {
  dismiss = acts.dismiss
  if (!open) {
    shown = undefined
    if (modal.open) modal.close()
    return
  }
  if (shown !== open.id) {
    shown = open.id
    delete modal.dataset.errors
    modal.replaceChildren(formOf(open.view, context, acts))
    if (!modal.open) modal.showModal()
    modal.querySelector('textarea, input')?.focus()
  }
  const trouble = modal.querySelector('.trouble')
  trouble.hidden = open.trouble === undefined
  trouble.textContent = open.trouble ?? ''
  const errors = JSON.stringify(open.errors)
  if (modal.dataset.errors !== errors) showErrors(modal, open.errors)
  modal.dataset.errors = errors
}

modal.addEventListener('cancel', (event) => {
  event.preventDefault()
  void dismiss()
})

function formOf(view, context, acts) {
  const form = document.createElement('form')
  form.noValidate = true
  const title = named(text(view.title, context, 'h2'), 'modal-title')
  const trouble = document.createElement('p')
  trouble.className = 'trouble'
  trouble.setAttribute('role', 'alert')
  trouble.hidden = true
  const menu = document.createElement('menu')
  const close = button(view.close?.text ?? 'Cancel', 'button', () => void acts.dismiss())
  menu.append(close)
  if (view.submit) {
    const submit = button(view.submit.text, 'submit')
    submit.className = 'primary'
    menu.append(submit)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      // The errors are new even where they say the same.
      delete modal.dataset.errors
      submit.disabled = true
      submit.setAttribute('aria-busy', 'true')
      void acts.submit(Object.fromEntries(new FormData(form))).then(() => {
        submit.disabled = false
        submit.removeAttribute('aria-busy')
      })
    })
  }
  form.append(title, trouble, blocks(view.blocks, context, acts.press), menu)
  return form
}

function button(said, type, press) {
  const node = document.createElement('button')
  node.type = type
  node.append(said)
  if (press) node.addEventListener('click', press)
  return node
}

function named(node, id) {
  node.id = id
  return node
}
