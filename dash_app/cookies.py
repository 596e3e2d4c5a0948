"""What the browser keeps for a person: language, theme, size of text. Set by `assets/address.js`."""

LANGUAGE_COOKIE = "ntmgraph-lang"
THEME_COOKIE = "ntmgraph-theme"
TEXT_COOKIE = "ntmgraph-text"
THEMES = ("light", "dark")
TEXT_SIZES = ("100", "115", "130", "150")  # percent
