"""The form of a page that takes files: what stands in it, and what its script (`look/upload.js`) says and goes by."""

import json
from collections.abc import Mapping, Sequence
from html import escape

from bot.documents.limits import MOST_BYTES, MOST_IN_ALL, MOST_PARTS
from bot.texts.catalog import Translate


def upload_form(
    t: Translate,
    action: str,
    *,
    label: str,
    note: str,
    button: str,
    says: Mapping[str, str],
    endings: Sequence[str],
    needed: Sequence[str] = (),
    keep: bool = False,
) -> str:
    """`says`: what the script says, by the name it knows it by → the id of the text; `needed`: without files of these
    names it is not sent; `keep`: what was chosen stays, as the page may ask something before it reads.
    """
    words = {
        **{key: t(text_id) for key, text_id in says.items()},
        "needed": needed,
        "endings": endings,
        "most": MOST_BYTES,
        "mostInAll": MOST_IN_ALL,
        "mostFiles": MOST_PARTS,
    }
    data = escape(json.dumps(words, ensure_ascii=False))
    return (
        f'<form method="post" action="{escape(action)}" enctype="multipart/form-data" data-words="{data}"'
        f"{' data-keep' if keep else ''}>"
        f'<div class="place"><label>{escape(label)}'
        f'<input type="file" name="files" multiple required accept="{",".join(endings)}"></label>'
        f'<p class="soft">{escape(note)}</p></div>'
        f'<button class="main">{escape(button)}</button></form>'
    )
