"""The ten pigments, each as a light and a dark print. `poster.css` holds the same values for pages."""

from typing import NamedTuple


class Print(NamedTuple):
    """What one printing of a pigment is made of: ground, two figures' inks, two inks under type, title ink."""

    ground: str
    p1: str
    p2: str
    u1: str
    u2: str
    ink: str


class Pigment(NamedTuple):
    label: str
    light: Print
    dark: Print


def _pigment(label: str, light: str, dark: str, ink: str) -> Pigment:
    return Pigment(label, _print(light, ink), _print(dark, ink))


def _print(colours: str, ink: str) -> Print:
    ground, p1, p2, u1, u2 = (f"#{colour}" for colour in colours.split())
    return Print(ground, p1, p2, u1, u2, ink)


PIGMENTS = {
    "azurite": _pigment("石青", "1f4e8c 86b4e4 12335f 12335f 386aa9", "183e70 739fce 0c2547 0c2547 2e5b94", "#f3f6f2"),
    "malachite": _pigment(
        "石绿", "7dbfa3 17604c d4ebdf a9dac5 57a186", "5c9b82 0f4838 b9d9ca 7db9a0 48856d", "#0d1c17"
    ),
    "cinnabar": _pigment(
        "朱砂", "c43a1e 7c1a0d f3b095 7c1a0d a12813", "a83119 5e1207 dd987d 651409 8b2210", "#fff8f2"
    ),
    "orpiment": _pigment(
        "雌黄", "e8b73b a84a10 fbe7b4 d98f27 fbe7b4", "c4982c 86390b e8d091 b0741c e0c377", "#1b1508"
    ),
    "leadwhite": _pigment(
        "铅白", "e8ebe6 c43a1e 1f4e8c e57f66 a3bcd8", "cdd3ce b0341b 1f4e8c d0745d 8fa9c6", "#14191b"
    ),
    "ink": _pigment("墨", "14191c 2f8f76 e0b040 1f6050 7a5f22", "1d2528 38a187 d3a63c 246b5a 7a5f22", "#eef2ee"),
    "ochre": _pigment("赭石", "96512e e3b48f 5a2c16 5a2c16 a9653b", "7c4325 cf9f7a 43200e 482210 8f5330", "#fff4e9"),
    "lapis": _pigment("青金", "24275f c8a04a 5158b4 3b409b 7d662f", "1f2253 bb9443 474ea3 343889 6f5a29", "#f5ecd6"),
    "rouge": _pigment("胭脂", "a82a4a f0b3bf 64142b 64142b c25470", "8e223e d998a5 4a0d1f 521023 a8445e", "#fff3f1"),
    "indigo": _pigment("花青", "d9e4ec 24507f 8fb4d4 8fb4d4 b9cfe0", "bccad4 24507f 7fa5c6 86a9c8 a4bccf", "#0f1f2e"),
}
