"""One page that draws cards with the official JavaScript renderer, in the colours and spacing of Teams."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

WIDTHS = (600, 320)
"""A card in a wide Teams window, and on a small phone."""


@dataclass(frozen=True)
class Drawn:
    """A card to be drawn under a name."""

    name: str
    language: str
    card: dict[str, object]


HOST = {
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

_STYLE = """
body { margin: 24px; background: #f5f5f5; font: 14px 'Segoe UI', 'Noto Sans', sans-serif; color: #242424; }
h2 { font-size: 16px; margin: 32px 0 8px; } .row { display: flex; gap: 24px; align-items: flex-start; }
.card { background: #fff; border: 1px solid #d1d1d1; border-radius: 6px; overflow: hidden; box-sizing: border-box;
  overflow-wrap: anywhere; }
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
  card.hostConfig = new AdaptiveCards.HostConfig(HOST);
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
  for (const part of place.querySelectorAll('button, input, select, p, div')) {
    if (part.getBoundingClientRect().right > place.getBoundingClientRect().right + 1) {
      trouble.push(place.id + ' is too narrow for ' + part.innerText);
      break;
    }
  }
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
            f'<div class="card" id="{drawn.name}-{drawn.language}-{width}" style="width:{width}px"'
            f' data-card="{drawn.name} {drawn.language}"></div>'
            for width in WIDTHS
        )
        rows.append(f'<h2>{drawn.name} · {drawn.language}</h2><div class="row">{places}</div>')
    data = json.dumps({f"{drawn.name} {drawn.language}": drawn.card for drawn in cards}).replace("<", "\\u003c")
    script = renderer.replace("</script", "<\\/script")
    return (
        '<!doctype html><html lang="bg"><meta charset="utf-8"><title>Карти</title>'
        f"<style>{_STYLE}</style><body><h1>Карти</h1>{''.join(rows)}"
        f"<script>{script}</script>"
        f"<script>const CARDS = {data}; const HOST = {json.dumps(HOST)};{_SCRIPT}</script></body></html>"
    )
