"""How quick the app is for a visitor, measured beside bare Streamlit; run by hand, as no test asserts a time."""
