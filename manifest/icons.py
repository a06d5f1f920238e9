"""Draws the product's icons: an identity card. `python -m manifest icons` writes them again.

Teams asks for 192×192 in full colour with the picture inside the middle 120×120, and 32×32 in white on transparent
(learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons).
"""

from pathlib import Path

from PIL import Image, ImageDraw

ACCENT = (0x17, 0x58, 0x6B)
WHITE = (255, 255, 255)
_FINE = 8
"""Drawn this many times larger and then made smaller, which smooths the edges."""


def color_icon() -> Image.Image:
    """The full-colour icon, 192×192: a white card with the holder's picture and two lines of writing."""
    card = _mask(192)
    draw = ImageDraw.Draw(card)
    _box(draw, (36, 52, 156, 140), radius=12, fill=255)
    _circle(draw, (70, 84), 13, 0)
    _shoulders(draw, (48, 103, 92, 147), bottom=126, fill=0)
    for line in ((104, 76, 144, 85), (104, 95, 144, 104), (104, 114, 128, 123)):
        _box(draw, line, radius=4, fill=0)
    icon = Image.new("RGB", (192, 192), ACCENT)
    icon.paste(WHITE, (0, 0), _small(card, 192))
    return icon


def outline_icon() -> Image.Image:
    """The outline icon, 32×32: the same card as white lines on nothing."""
    lines = _mask(32)
    draw = ImageDraw.Draw(lines)
    _box(draw, (2, 6, 30, 26), radius=3, fill=255)
    _box(draw, (4, 8, 28, 24), radius=1.5, fill=0)
    _circle(draw, (11, 13.5), 2.5, 255)
    _shoulders(draw, (6.5, 17, 15.5, 26), bottom=21.5, fill=255)
    for line in ((18, 12, 26, 14), (18, 16, 26, 18), (18, 20, 23, 22)):
        _box(draw, line, radius=1, fill=255)
    icon = Image.new("RGBA", (32, 32), (*WHITE, 0))
    icon.putalpha(_small(lines, 32))
    return icon


def write_icons(folder: Path) -> None:
    """Writes color.png and outline.png."""
    color_icon().save(folder / "color.png", optimize=True)
    outline_icon().save(folder / "outline.png", optimize=True)


def _mask(size: int) -> Image.Image:
    return Image.new("L", (size * _FINE, size * _FINE), 0)


def _small(mask: Image.Image, size: int) -> Image.Image:
    return mask.resize((size, size), Image.Resampling.BOX)


def _scaled(*numbers: float) -> list[float]:
    return [number * _FINE for number in numbers]


def _box(draw: ImageDraw.ImageDraw, corners: tuple[float, float, float, float], *, radius: float, fill: int) -> None:
    left, top, right, bottom = _scaled(*corners)
    draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * _FINE, fill=fill)


def _circle(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, fill: int) -> None:
    x, y, r = _scaled(*centre, radius)
    draw.ellipse((x - r, y - r, x + r - 1, y + r - 1), fill=fill)


def _shoulders(
    draw: ImageDraw.ImageDraw, circle: tuple[float, float, float, float], *, bottom: float, fill: int
) -> None:
    """The top of a circle, down to `bottom`."""
    left, top, right, low = _scaled(*circle)
    piece = Image.new("L", draw.im.size, 0)
    ImageDraw.Draw(piece).ellipse((left, top, right - 1, low - 1), fill=255)
    ImageDraw.Draw(piece).rectangle((0, bottom * _FINE, draw.im.size[0], draw.im.size[1]), fill=0)
    draw.bitmap((0, 0), piece, fill=fill)
