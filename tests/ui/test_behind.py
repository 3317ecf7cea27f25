"""Behind every page stand the same tabs, and a script can be read and taken home."""

from streamlit.testing.v1 import AppTest

from dlviz.words import catalogue


def page() -> None:
    """A page with nothing but what is behind it: prose, and a script that the view decides."""
    import streamlit as st

    from dlviz.concepts.playground.spec import DEFAULT
    from dlviz.ui import behind, links

    def _code(view: object) -> None:
        script = f"seed = {view.run.seed}"
        behind.download("Download", script, "own.py", "own.script")
        behind.code(script)

    links.enter("playground")
    links.read(DEFAULT)
    st.fragment(behind.behind)("playground", DEFAULT, {"meaning": None, "code": _code, "sources": None})


def test_the_tabs_hold_the_prose_of_their_name_or_what_is_drawn_of_the_view() -> None:
    app = AppTest.from_function(page, default_timeout=30)
    app.query_params["seed"] = "9"
    app.run()
    names = ("meaning", "code", "sources")
    assert [tab.label for tab in app.tabs] == [catalogue.text(f"playground.tab.{name}", "en") for name in names]
    assert app.markdown[0].value == catalogue.prose("playground", "en")["meaning"].strip()
    assert len(app.code) == 0
    app.session_state["playground.tabs"] = app.tabs[1].label
    app.run()
    assert (app.code[0].value, app.code[0].language) == ("seed = 9", "python")
    button = app.get("download_button")[0].proto
    assert button.label == "Download"
