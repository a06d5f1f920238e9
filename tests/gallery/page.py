"""One page that draws cards with the official JavaScript renderer, in the colours and spacing of Teams."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.e2e.seen import CUT

WIDTHS = (600, 340, 320)
"""A card in a wide Teams window, and on two small phones."""

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Drawn:
    """A card to be drawn under a name."""

    name: str
    language: str
    card: dict[str, object]

    def places(self) -> Iterator[tuple[str, int, str]]:
        """Where it is drawn: the id of the place, its width, its theme.

        Dark only where it is narrowest, as only colours differ; and a hostile one need not be dark too.
        """
        for width in WIDTHS:
            yield place(self.name, self.language, width, THEMES[0]), width, THEMES[0]
        if not self.name.startswith("hostile"):
            yield place(self.name, self.language, WIDTHS[-1], THEMES[1]), WIDTHS[-1], THEMES[1]


def place(name: str, language: str, width: int, theme: str) -> str:
    """The id of the place where a card is drawn, which is the name of its picture."""
    return f"{name}-{language}-{width}{'' if theme == THEMES[0] else f'-{theme}'}"


HOST: dict[str, Any] = {
    "fontTypes": {
        "default": {"fontFamily": "Segoe UI, Noto Sans, DejaVu Sans, sans-serif"},
        "monospace": {"fontFamily": "Consolas, DejaVu Sans Mono, monospace"},
    },
    "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
    "separator": {"lineThickness": 1, "lineColor": "#E1E1E1"},
    "fontSizes": {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24},
    "supportsInteractivity": True,
    "actions": {"maxActions": 6, "buttonSpacing": 8, "actionsOrientation": "horizontal", "actionAlignment": "left"},
    "inputs": {"label": {"requiredInputs": {"suffix": " *", "suffixColor": "attention"}}},
    "containerStyles": {
        "default": {"backgroundColor": "#FFFFFF"},
        "emphasis": {"backgroundColor": "#F0F0F0"},
        "attention": {"backgroundColor": "#FDF3F4"},
        "good": {"backgroundColor": "#E7F2DA"},
        "warning": {"backgroundColor": "#FBF6D9"},
        "accent": {"backgroundColor": "#E8EBFA"},
    },
}

_DARK_STYLES = {
    "default": "#292929",
    "emphasis": "#1F1F1F",
    "attention": "#3F1011",
    "good": "#0C2310",
    "warning": "#3B2A04",
    "accent": "#2F2F4A",
}


def _text(colour: str, subtle: str) -> dict[str, dict[str, str]]:
    return {"default": {"default": colour, "subtle": subtle}}


def _dark() -> dict[str, Any]:
    host = deepcopy(HOST)
    host["separator"]["lineColor"] = "#525252"
    for name, background in _DARK_STYLES.items():
        words = _text("#FFFFFF", "#D6D6D6")
        host["containerStyles"][name] = {"backgroundColor": background, "foregroundColors": words}
    return host


HOSTS = {"light": HOST, "dark": _dark()}

_STYLE = """
body { margin: 24px; background: #f5f5f5; font: 14px 'Segoe UI', 'Noto Sans', sans-serif; color: #242424; }
h2 { font-size: 16px; margin: 32px 0 8px; } .row { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
.card { flex: none; background: #fff; border: 1px solid #d1d1d1; border-radius: 6px; overflow: hidden; box-sizing: border-box;
  overflow-wrap: anywhere; }
.dark { background: #292929; border-color: #525252; color: #fff; }
.dark .ac-pushButton, .dark .ac-input, .dark select { background: #1f1f1f; color: #fff; border-color: #666; }
.ac-selectable { cursor: pointer; } .ac-selectable:focus-visible { outline: 2px solid currentColor; }
.ac-pushButton { min-height: 32px; padding: 4px 12px; border: 1px solid #d1d1d1; border-radius: 4px; background: #fff;
  font: 600 14px 'Segoe UI', 'Noto Sans', sans-serif; }
.ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
.ac-input, select { width: 100%; min-height: 32px; box-sizing: border-box; border: 1px solid #d1d1d1;
  border-radius: 4px; padding: 4px 8px; font: inherit; background: #fff; }
.ac-actionSet { flex-wrap: wrap; row-gap: 8px; } .ac-actionSet > div[aria-hidden] { display: block; }
input[type=radio], input[type=checkbox] { width: auto; min-height: 0; }
"""

# Teams reads Markdown in TextBlocks; so does this page, so that a link where none belongs is seen and counted.
_SCRIPT = """
window.trouble = [];
const parts = [...document.body.children];
window.pressed = [];
AdaptiveCards.AdaptiveCard.onExecuteAction = action => { if (action.verb) pressed.push(action.verb); };
const rows = new Map(parts.flatMap(part => [...part.querySelectorAll('.card')].map(place => [place.id, part])));
// One row in the page at a time: among hundreds, each measuring and each picture would lay all of them out again.
window.showOnly = id => document.body.replaceChildren(rows.get(id));
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  result.outputHtml = '<p>' + safe.replace(/\\[(.+?)\\]\\((.+?)\\)/g, '<a href="$2">$1</a>')
    .replace(/\\*\\*(.+?)\\*\\*/g, '<strong>$1</strong>').replace(/_(.+?)_/g, '<em>$1</em>') + '</p>';
  result.didProcess = true;
};
for (const place of document.querySelectorAll('.card')) {
  showOnly(place.id);
  const [name, language] = place.dataset.card.split(' ');
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(HOSTS[place.dataset.theme]);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  card.parse(CARDS[place.dataset.card], context);
  for (let i = 0; i < context.eventCount; i++) {
    const event = context.getEventAt(i);
    // The renderer's own fault: its check of "lang" fails on every second card it reads. What only Teams draws has a
    // fallback (tests/unit/cards/test_card_rules.py), and that is drawn here.
    if (!/"lang"|"(Chart\\.HorizontalBar\\.Stacked|ProgressBar)". Fallback/.test(event.message)) trouble.push(place.dataset.card + ': ' + event.message);
  }
  // The renderer names round buttons after their input: without a form around it, equal cards would share one choice.
  place.appendChild(document.createElement('form')).appendChild(card.render());
  const folded = [...place.querySelectorAll('.ac-container')].filter(part => part.style.display === 'none');
  for (const part of folded) part.style.display = 'flex';
  for (const words of CUT(place)) trouble.push(place.id + ' is too narrow for ' + words);
  for (const part of folded) part.style.display = 'none';
  for (const link of place.querySelectorAll('a, script, strong, em')) {
    trouble.push(place.id + ' draws ' + link.outerHTML);
  }
}
document.body.replaceChildren(...parts);
"""


def page(cards: Sequence[Drawn], renderer: str) -> str:
    """The whole page, usable without a network. `renderer` is the renderer's JavaScript."""
    rows = []
    for drawn in cards:
        places = "".join(
            f'<div class="card {theme}" id="{one}" style="width:{width}px" data-theme="{theme}"'
            f' data-card="{drawn.name} {drawn.language}"></div>'
            for one, width, theme in drawn.places()
        )
        rows.append(f'<h2>{drawn.name} · {drawn.language}</h2><div class="row">{places}</div>')
    data = json.dumps({f"{drawn.name} {drawn.language}": drawn.card for drawn in cards}).replace("<", "\\u003c")
    script = renderer.replace("</script", "<\\/script")
    return (
        '<!doctype html><html lang="bg"><meta charset="utf-8"><title>Карти</title>'
        f"<style>{_STYLE}</style><body><h1>Карти</h1>{''.join(rows)}"
        f"<script>{script}</script>"
        f"<script>const CARDS = {data}; const HOSTS = {json.dumps(HOSTS)};"
        f"const CUT = {CUT};{_SCRIPT}</script></body></html>"
    )
