# The texts lie in /texts and the vocabulary in /vocabulary: mount your own over them. docs/operations.md tells the rest.

# What runs: the packages, without what only building and testing them needs, and without symbols for debuggers.
FROM python:3.11-slim AS packages
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
WORKDIR /build
RUN python -m venv --without-pip /opt/onrecord
COPY requirements/run.txt requirements/run.txt
RUN pip --python /opt/onrecord/bin/python install --no-cache-dir --no-compile --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY service service
# Beside the packages, so that a layer holds what changes rarely.
RUN pip --python /opt/onrecord/bin/python install --no-cache-dir --no-compile --no-deps --no-build-isolation --prefix=/opt/app .
# Libraries under *.libs were moved about after they were linked, and may not outlive being stripped.
RUN at=$(echo /opt/onrecord/lib/python3*/site-packages) \
    && rm -rf "$at"/setuptools* "$at"/_distutils_hack "$at"/distutils-precedence.pth "$at"/pkg_resources \
        "$at"/numpy/f2py "$at"/numpy/distutils \
    && find "$at" -type d \( -name tests -o -name include \) -prune -exec rm -rf {} + \
    && find "$at" -type f \( -name '*.p[yx][ixd]' -o -name '*.[ch]' -o -name '*.[ch]pp' -o -name '*.a' \) -delete \
    && find "$at" -name '*.so' ! -path '*.libs/*' -exec strip --strip-unneeded {} +

FROM python:3.11-slim AS service
RUN python -B -m pip uninstall --yes --root-user-action=ignore setuptools wheel pip \
    && rm -rf /usr/local/lib/python3*/ensurepip \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord
COPY --from=packages /opt/onrecord /opt/onrecord
COPY --from=packages /opt/app /opt/onrecord
COPY seeds /texts
COPY service/vocabulary/*.yaml /vocabulary/
# Where /tmp can't be written, memory has room for the little that a start puts there.
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPYCACHEPREFIX=/opt/bytecode \
    TMPDIR=/tmp \
    TEMP=/dev/shm \
    ONRECORD_TEXTS=/texts \
    ONRECORD_VOCABULARY=/vocabulary \
    ONRECORD_CACHE=/var/cache/onrecord \
    PORT=8000
WORKDIR /texts

# Parses the texts, and proves that what was left out above is not missed.
FROM service AS baked
RUN mkdir -p "$ONRECORD_CACHE" "$PYTHONPYCACHEPREFIX" && chown 10001:10001 "$ONRECORD_CACHE" "$PYTHONPYCACHEPREFIX"
COPY deploy/bake.py /bake.py
USER 10001
RUN PYTHONDONTWRITEBYTECODE='' python /bake.py

FROM service
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Onrecord" \
      org.opencontainers.image.description="Serves the record of who said what, when, on which topic, according to which source" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION"
COPY --from=baked /opt/bytecode /opt/bytecode
COPY --from=baked --chown=10001:10001 /var/cache/onrecord /var/cache/onrecord
USER 10001
EXPOSE 8000
# Asks where ONRECORD_BIND or the port says; an address given to --bind instead is not known to it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-m", "service.cli.ready"]
# Gunicorn's master is the first process: it handles every signal and reaps whatever ends, so that no init is needed.
CMD ["onrecord", "serve"]
