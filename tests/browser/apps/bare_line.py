"""What the app's pages are measured against: bare Streamlit with one Plotly line."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Scatter(y=[x * x for x in range(50)])))
