/** Takes the reader to the top of what is new on the page, by eye and by screen reader. */
export function toTop(): void {
  window.scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}
