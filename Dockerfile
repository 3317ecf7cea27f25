# The app with everything it needs; see docs/hosting.md.
FROM python:3.11-slim
WORKDIR /dlviz

# The CPU wheel of torch is a tenth of the size. For a GPU: --build-arg TORCH_INDEX=https://pypi.org/simple
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
COPY requirements.txt .
RUN pip install --no-cache-dir --extra-index-url "$TORCH_INDEX" -r requirements.txt

COPY app.py ./
COPY .streamlit .streamlit
COPY dlviz dlviz
COPY pages pages

RUN useradd --create-home dlviz
USER dlviz
EXPOSE 8501
HEALTHCHECK CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8501/_stcore/health')"]
ENTRYPOINT ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
