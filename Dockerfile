# The texts lie in /texts and the vocabulary in /vocabulary: mount your own over them.

FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/onrecord
COPY requirements/run.txt requirements/run.txt
RUN /opt/onrecord/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY service service
RUN /opt/onrecord/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord
COPY --from=build /opt/onrecord /opt/onrecord
COPY seeds /texts
COPY service/vocabulary/*.yaml /vocabulary/
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ONRECORD_TEXTS=/texts \
    ONRECORD_VOCABULARY=/vocabulary \
    PORT=8000
USER 10001
WORKDIR /texts
EXPOSE 8000
# Asks where ONRECORD_BIND or the port says; an address given to --bind instead is not known to it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-m", "service.cli.ready"]
CMD ["onrecord", "serve"]
