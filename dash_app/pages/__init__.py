"""The pages: each a package of data (asks), layout (shows), wiring (callbacks); `dash_app.app.PAGES` lists them."""
