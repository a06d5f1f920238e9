// What a reader with weak eyes, a thumb or a screen reader would stumble over on the page, one line each.
() => {
  const found = [];
  const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== "hidden";
  const colour = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { parts: [red, green, blue], alpha };
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const back = colour(getComputedStyle(at).backgroundColor);
      if (back.alpha === 1) return back.parts;
    }
    return [255, 255, 255];
  };
  const light = (parts) => {
    const [red, green, blue] = parts.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [bright, dark] = [light(one), light(other)].sort((first, second) => second - first);
    return (bright + 0.05) / (dark + 0.05);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let counted = 0;
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || ["STYLE", "SCRIPT"].includes(one.tagName) || !shown(one)) continue;
    counted += 1;
    const ratio = contrast(colour(getComputedStyle(one).color).parts, ground(one));
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${words.currentNode.data.slice(0, 40)}`);
    if (parseFloat(getComputedStyle(one).fontSize) < 14) found.push(`small: ${words.currentNode.data.slice(0, 40)}`);
  }
  if (counted < 5) found.push("nothing to read");
  for (const one of document.querySelectorAll("a, button, input, summary")) {
    const { width, height } = one.getBoundingClientRect();
    const inText = one.tagName === "A" && getComputedStyle(one).display === "inline";
    if (shown(one) && !inText && (height < 24 || width < 24)) found.push(`small to press: ${one.outerHTML.slice(0, 80)}`);
    if (shown(one) && one.tagName === "INPUT" && !one.labels.length) found.push("an input without a label");
    if (shown(one) && one.tagName !== "INPUT" && !(one.getAttribute("aria-label") ?? one.innerText).trim()) found.push("nameless");
    if (one.tabIndex !== 0) found.push(`out of order: ${one.outerHTML.slice(0, 80)}`);
  }
  for (const one of document.querySelectorAll(".place, .main, input")) {
    const edge = getComputedStyle(one).borderTopColor;
    if (one.matches(".place") && contrast(colour(edge).parts, ground(one.parentElement)) < 3) found.push("a faint edge");
    if (one.matches(".main") && contrast(ground(one), ground(one.parentElement)) < 1.5) found.push("a faint button");
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the page: ${document.documentElement.scrollWidth}`);
  if (document.querySelectorAll("h1").length !== 1) found.push("not one main heading");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main part");
  if (!document.documentElement.lang || !document.title.trim()) found.push("no language or no title");
  const levels = [...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName[1]));
  if (levels.some((level, at) => level > (levels[at - 1] ?? 0) + 1)) found.push("a heading left out");
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  if (new Set(ids).size !== ids.length) found.push("an id twice");
  for (const one of document.querySelectorAll("table")) if (!one.caption) found.push("a table without a caption");
  return found;
}
