/** What a dialog does once it has opened: whoever was quick is in a field of it by now, and types there. */
export function giveFocus(within: Element | null, focus: () => void): void {
  if (!within?.contains(document.activeElement)) focus()
}
