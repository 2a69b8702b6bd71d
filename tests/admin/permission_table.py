"""Who gets what answer at which address of the admin: kept by hand, never computed from the code it checks.

A line is: the address as `reverse("admin:…")` knows it (`{model}_…` stands for every model of the section), the method,
and one letter for each reader, in the order of READERS:

    .  anonymous     staff without a group     Contributor     Editor     Publisher     Administrator     superuser

    y  answered (a page, a form with errors, a redirect after the work is done)
    n  refused (403)          -  missing (404), as for a row that never was
    l  sent to the login      g  sent to the index: no such row for this person, or nothing left to see
    m  refused, the address does not know this method (405)

HEAD is answered as GET is. Every other method is refused at every address, to everybody, whatever the state (OTHER).

For entries there are two columns of letters: for a contributor's own draft, and for every other entry
(a draft of somebody else, the contributor's own in review, scheduled, published, past its end, archived).

To add an address: write its line here. `tests/admin/test_permissions.py` names every address without one.
What is posted, where more than an empty form is needed, stands in its BODIES.
"""

OTHER = dict.fromkeys(("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"), "mmmmmmm")
READERS = ("anonymous", "staff", "contributor", "editor", "publisher", "administrator", "superuser")

SITE = """
index                 GET   lyyyyyy
index                 POST  lyyyyyy
login                 GET   ygggggg
login                 POST  yyyyyyy
logout                GET   gmmmmmm
logout                POST  gyyyyyy
second_factor         GET   lgggggg
second_factor         POST  lgggggg
second_factor_enrol   GET   lyyyyyy
second_factor_enrol   POST  lyyyyyy
second_factor_manage  GET   lyyyyyy
second_factor_manage  POST  lyyyyyy
password_reset        GET   yyyyyyy
password_reset        POST  yyyyyyy
password_reset_done   GET   yyyyyyy
password_reset_done   POST  mmmmmmm
password_reset_confirm   GET   yyyyyyy
password_reset_confirm   POST  yyyyyyy
password_reset_complete  GET   yyyyyyy
password_reset_complete  POST  mmmmmmm
password_change       GET   lyyyyyy
password_change       POST  lyyyyyy
password_change_done  GET   lyyyyyy
password_change_done  POST  lmmmmmm
jsi18n                GET   lyyyyyy
jsi18n                POST  lmmmmmm
app_list              GET   l-yyyyy
app_list              POST  l-yyyyy
catch_all             GET   l------
catch_all             POST  l------
autocomplete          GET   lnyyyyy
autocomplete          POST  lmmmmmm
view_on_site          GET   l--yyyy
view_on_site          POST  l--yyyy
board                 GET   lnyyyyy
board                 POST  lnyyyyy
suggestions           GET   lnnyyyy
suggestions           POST  lnnyyyy
merges                GET   lnnyyyy
merges                POST  lnnyyyy
undo_merge            GET   lmmmmmm
undo_merge            POST  l------
"""

# Films and interviews: contributors have drafts of their own.
OWN_ENTRIES = """
{model}_changelist    GET   lnyyyyy
{model}_changelist    POST  lnyyyyy
{model}_csv           GET   lnyyyyy
{model}_csv           POST  mmmmmmm
{model}_add           GET   lnyyyyy
{model}_add           POST  lnyyyyy
{model}_change        GET   lnyyyyy  lngyyyy
{model}_change        POST  lnyyyyy  lngyyyy
{model}_row           GET   lyyyyyy  lyyyyyy
{model}_row           POST  lyyyyyy  lyyyyyy
{model}_delete        GET   lnnnnyy  lnnnnyy
{model}_delete        POST  lnnnnyy  lnnnnyy
{model}_history       GET   l-yyyyy  l--yyyy
{model}_history       POST  l-yyyyy  l--yyyy
{model}_preview       GET   l-mmmmm  l--mmmm
{model}_preview       POST  l-yyyyy  l--yyyy
{model}_recoverlist   GET   lnyyyyy
{model}_recoverlist   POST  lnyyyyy
{model}_recover       GET   l------
{model}_recover       POST  l------
{model}_revision      GET   l------  l------
{model}_revision      POST  l------  l------
"""

EDITIONS = """
{model}_changelist    GET   lnnyyyy
{model}_changelist    POST  lnnyyyy
{model}_csv           GET   lnnyyyy
{model}_csv           POST  mmmmmmm
{model}_add           GET   lnnyyyy
{model}_add           POST  lnnyyyy
{model}_change        GET   lnnyyyy  lnnyyyy
{model}_change        POST  lnnyyyy  lnnyyyy
{model}_row           GET   lyyyyyy  lyyyyyy
{model}_row           POST  lyyyyyy  lyyyyyy
{model}_delete        GET   lnnnnyy  lnnnnyy
{model}_delete        POST  lnnnnyy  lnnnnyy
{model}_history       GET   l-nyyyy  l--yyyy
{model}_history       POST  l-nyyyy  l--yyyy
{model}_preview       GET   l-nmmmm  l--mmmm
{model}_preview       POST  l-nyyyy  l--yyyy
{model}_recoverlist   GET   lnnyyyy
{model}_recoverlist   POST  lnnyyyy
{model}_recover       GET   l------
{model}_recover       POST  l------
{model}_revision      GET   l-n----  l------
{model}_revision      POST  l-n----  l------
"""

# Words and people that entries share: the editors' own. Contributors may name people who are new.
VOCABULARY = """
{model}_changelist    GET   lnnyyyy
{model}_changelist    POST  lnnyyyy
{model}_csv           GET   lnnyyyy
{model}_csv           POST  mmmmmmm
{model}_add           GET   lnnyyyy
{model}_add           POST  lnnyyyy
{model}_change        GET   lnnyyyy
{model}_change        POST  lnnyyyy
{model}_row           GET   lyyyyyy
{model}_row           POST  lyyyyyy
{model}_delete        GET   lnnyyyy
{model}_delete        POST  lnnyyyy
{model}_history       GET   lnnyyyy
{model}_history       POST  lnnyyyy
{model}_recoverlist   GET   lnnyyyy
{model}_recoverlist   POST  lnnyyyy
{model}_recover       GET   l------
{model}_recover       POST  l------
{model}_revision      GET   lnn----
{model}_revision      POST  lnn----
"""

MERGED = """
{model}_merge         GET   lnnyyyy
{model}_merge         POST  lnnyyyy
"""

# What was received and done is read by editors; nobody types it, and only administrators remove it.
SOURCES = """
{model}_changelist    GET   lnnyyyy
{model}_changelist    POST  lnnyyyy
{model}_csv           GET   lnnyyyy
{model}_csv           POST  mmmmmmm
{model}_add           GET   lnnnnnn
{model}_add           POST  lnnnnnn
{model}_change        GET   lnnyyyy
{model}_change        POST  lnnyyyy
{model}_row           GET   lyyyyyy
{model}_row           POST  lyyyyyy
{model}_delete        GET   lnnnnyy
{model}_delete        POST  lnnnnyy
{model}_history       GET   lnnyyyy
{model}_history       POST  lnnyyyy
{model}_recoverlist   GET   lnnnnnn
{model}_recoverlist   POST  lnnnnnn
{model}_recover       GET   l------
{model}_recover       POST  l------
{model}_revision      GET   lnn----
{model}_revision      POST  lnn----
films_source_import   GET   lnnyyyy
films_source_import   POST  lnnyyyy
films_intake          GET   lnn----
films_intake          POST  lnn----
films_intake_confirm  GET   lnn----
films_intake_confirm  POST  lnn----
films_intake_discard  GET   lnn----
films_intake_discard  POST  lnn----
films_intake_done     GET   lnn----
films_intake_done     POST  lnn----
films_intake_move     GET   lnn----
films_intake_move     POST  lnn----
films_source_again    GET   lnnyyyy
films_source_again    POST  lnnyyyy
films_source_settle   GET   lnnyyyy
films_source_settle   POST  lnnyyyy
"""

RECORDS = """
{model}_changelist    GET   lnnyyyy
{model}_changelist    POST  lnnyyyy
{model}_add           GET   lnnnnnn
{model}_add           POST  lnnnnnn
{model}_change        GET   lnnyyyy
{model}_change        POST  lnnnnnn
{model}_row           GET   lyyyyyy
{model}_row           POST  lyyyyyy
{model}_delete        GET   lnnnnyy
{model}_delete        POST  lnnnngg
{model}_history       GET   lnnyyyy
{model}_history       POST  lnnyyyy
"""

# What happened at the doors concerns administrators alone, and nobody alters it.
EVENTS = """
{model}_changelist    GET   lnnnnyy
{model}_changelist    POST  lnnnnyy
{model}_add           GET   lnnnnnn
{model}_add           POST  lnnnnnn
{model}_change        GET   lnnnnyy
{model}_change        POST  lnnnnnn
{model}_row           GET   lyyyyyy
{model}_row           POST  lyyyyyy
{model}_delete        GET   lnnnnnn
{model}_delete        POST  lnnnnnn
{model}_history       GET   lnnnnyy
{model}_history       POST  lnnnnyy
"""

# Of accounts and groups `tests/admin/test_user.py` tells more: whose rights go further is out of reach.
ACCOUNTS = """
{model}_changelist    GET   lnnnnyy
{model}_changelist    POST  lnnnnyy
{model}_add           GET   lnnnnyy
{model}_add           POST  lnnnnyy
{model}_change        GET   lnnnnyy
{model}_change        POST  lnnnnyy
{model}_row           GET   lyyyyyy
{model}_row           POST  lyyyyyy
{model}_delete        GET   lnnnnyy
{model}_delete        POST  lnnnnyy
{model}_history       GET   lnnnnyy
{model}_history       POST  lnnnnyy
"""

PASSWORDS = """
films_user_security        GET   lnnnnyy
films_user_security        POST  lnnnnyy
auth_user_password_change  GET   lnnnnyy
auth_user_password_change  POST  lnnnnyy
"""

WORDS = ("films_creator", "films_organisation", "films_theme", "films_tool", "films_topic", "films_work")
# A section, the models it holds for, and whether these have two columns: a contributor's own draft, every other entry.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (SITE, ("",)),
    (OWN_ENTRIES, ("films_film", "films_interview")),
    (EDITIONS, ("films_edition",)),
    (VOCABULARY, (*WORDS, "films_exchange")),
    (MERGED, WORDS),
    (SOURCES, ("films_source",)),
    (RECORDS, ("films_importrun", "films_slugredirect")),
    (EVENTS, ("films_securityevent",)),
    (ACCOUNTS, ("films_user", "auth_group")),
    (PASSWORDS, ("",)),
)
# Lines of one model that differ from those of its section.
EXCEPTIONS = """
films_creator_add     GET   lnyyyyy
films_creator_add     POST  lnyyyyy
films_film_poster     GET   mmmmmmm
films_film_poster     POST  lnyyyyy
login                 HEAD  yyyyyyy
"""


def table() -> dict[tuple[str, str], tuple[str, str]]:
    """(address, method) → the letters for a contributor's own draft, and for everything else."""
    sections = [(text, model) for text, models in SECTIONS for model in models]
    lines = [line for text, model in sections for line in text.replace("{model}", model).split("\n")]
    rows = [line.split() for line in [*lines, *EXCEPTIONS.split("\n")] if line.strip()]
    asked = {(name, method): (letters[0], letters[-1]) for name, method, *letters in rows}
    heads = {(name, "HEAD"): letters for (name, method), letters in asked.items() if method == "GET"}
    others = {(name, method): (letters, letters) for name, _get in heads for method, letters in OTHER.items()}
    return heads | asked | others
