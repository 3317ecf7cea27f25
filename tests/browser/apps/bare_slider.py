"""What the app's sliders are measured against: bare Streamlit with one slider and one Plotly line."""

import plotly.graph_objects as go
import streamlit as st

power = st.slider("Power", -10, 10, 0, key="power")
st.plotly_chart(go.Figure(go.Scatter(y=[1.1 ** (power * x / 10) for x in range(50)])))
