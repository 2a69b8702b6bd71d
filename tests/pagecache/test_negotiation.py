import pytest

from elysium.pagecache.negotiation import encodings, has


@pytest.mark.parametrize(
    ("header", "best_first"),
    [
        (None, ["identity"]),
        ("", ["identity"]),
        ("gzip, deflate, br, zstd", ["br", "gzip", "identity"]),
        ("gzip", ["gzip", "identity"]),
        ("GZIP;Q=0.3 , x", ["gzip", "identity"]),
        ("x-gzip", ["gzip", "identity"]),
        ("br;q=0.5, gzip;q=0.8", ["gzip", "br", "identity"]),
        ("br;q=0, gzip", ["gzip", "identity"]),
        ("br; q=0.0, gzip ; q=0.000", ["identity"]),
        ("*", ["br", "gzip", "identity"]),
        ("*;q=0", ["identity"]),
        ("gzip, *;q=0", ["gzip"]),
        ("*, br;q=0", ["gzip", "identity"]),
        ("identity", ["identity"]),
        ("identity;q=1, gzip;q=0.5", ["identity", "gzip"]),
        ("identity;q=0, gzip;q=0.5", ["gzip"]),
        ("identity;q=0", ["identity"]),
        ("gzip;q=2, br;q=x", ["identity"]),
        ("gzip;level=9", ["gzip", "identity"]),
        ("gzip," * 500, ["identity"]),
    ],
)
def test_the_best_encoding_that_is_accepted(header, best_first):
    assert list(encodings(header)) == best_first


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ('"a-br"', True),
        ('W/"a-br"', True),
        ('"b", W/"a-br" , "c"', True),
        ("*", True),
        (" * ", True),
        ('"a"', False),
        ('"a-gzip"', False),
        ("a-br", False),
        ("", False),
    ],
)
def test_what_a_browser_has_already(header, known):
    assert has(header, '"a-br"') is known
