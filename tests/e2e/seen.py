"""What a person sees of a card in the browser: what can be pressed and filled in, what is cut off, how tall it is."""

BUTTONS = ".ac-actionSet button, .ac-actionSet a"
ROWS = ".ac-selectable:not([aria-controls])"
"""A row that opens by a press is drawn as one element in the role of a button."""
FOLDS = ".ac-selectable[aria-controls]"
"""A heading that shows and hides what is below it: the bot is not asked."""
PRESSABLE = f"{BUTTONS}, {ROWS}"
NAMES = "all => all.map(one => one.matches('.ac-selectable') ? one.getAttribute('aria-label') : one.innerText)"
TITLES = """all => all.map(one =>
  [one.getAttribute('role') || '', one.matches('.ac-selectable') ? one.getAttribute('aria-label') : one.innerText])"""
UNFOLD = f"""card => {{
  for (const heading of card.querySelectorAll('{FOLDS}')) {{
    const hidden = card.querySelector('#' + CSS.escape(heading.getAttribute('aria-controls')));
    if (!hidden || getComputedStyle(hidden).display === 'none') heading.click();
  }}
}}"""
CUT = """card => {
  const edge = card.getBoundingClientRect().right + 1;
  const found = [];
  for (const one of card.querySelectorAll('*')) {
    const beyond = one.getBoundingClientRect().right > edge;
    if (!beyond && !(one.clientWidth && one.scrollWidth > one.clientWidth + 1)) continue;
    const style = getComputedStyle(one);
    if (!beyond && style.overflowX === 'visible' && style.textOverflow !== 'ellipsis') continue;
    if (one.innerText && one.innerText.trim() && !one.closest('[role=listbox]')) found.push(one.innerText);
  }
  return [...new Set(found)];
}"""
INPUTS = """card => {
  const found = [];
  for (const label of card.querySelectorAll('label[for]')) {
    const one = document.getElementById(label.getAttribute('for'));
    if (!one || label.closest('.fui-Radio, .fui-Checkbox')) continue;
    const inside = one.querySelectorAll('input');
    const kind = one.getAttribute('role') === 'radiogroup' ? 'radio'
      : one.tagName === 'DIV' ? 'many'
      : one.type === 'checkbox' ? 'tick'
      : one.getAttribute('aria-haspopup') === 'dialog' ? 'date'
      : one.getAttribute('role') === 'combobox' ? 'list' : 'text';
    found.push({id: one.id, label: label.innerText.replace(/ \\\\*$/, ''), kind, choices: inside.length,
                placeholder: one.getAttribute('placeholder') || ''});
  }
  return found;
}"""
MEASURE = """(place, pressable) => {
  const top = place.getBoundingClientRect().top;
  const seen = one => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden';
  const presses = [...place.querySelectorAll(pressable)].filter(seen);
  const first = presses.length ? Math.min(...presses.map(one => one.getBoundingClientRect().top - top)) : null;
  const lines = new Set();
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!text.data.trim() || !seen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      const middle = (line.top + line.bottom) / 2 - top;
      if (first === null || middle < first) lines.add(Math.round(middle / 6));
    }
  }
  return {height: Math.round(place.getBoundingClientRect().height),
          first: first === null ? null : Math.round(first), lines: lines.size};
}"""
"""Height of a card or page, where its first button begins, and how many lines of words stand above it."""
