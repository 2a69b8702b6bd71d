"""Characters that look right and are wrong."""


def map_radicals(text: str) -> str:
    return text
