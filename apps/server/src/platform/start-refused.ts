/** Starting makes no sense until a person changes something: `main` prints the message alone, without a stack, and exits. */
export class StartRefused extends Error {
  override name = 'StartRefused'
}
