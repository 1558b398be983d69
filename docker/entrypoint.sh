#!/bin/sh
# Starts one part of the site: web, worker, beat, or `manage` with a command of manage.py.
set -eu

case "${1:-web}" in
web)
    # Migrations run here alone; workers wait until they are done.
    python -m config.waiting database
    python manage.py migrate --noinput
    exec gunicorn config.wsgi --bind 0.0.0.0:8000 --threads "${WEB_THREADS:-4}" --workers "${WEB_CONCURRENCY:-2}" \
        --worker-tmp-dir /dev/shm --no-control-socket --access-logfile -
    ;;
worker)
    python -m config.waiting migrations
    exec celery -A config worker --loglevel "${LOG_LEVEL:-INFO}" --concurrency "${WORKER_CONCURRENCY:-2}"
    ;;
beat)
    python -m config.waiting migrations
    exec celery -A config beat --loglevel "${LOG_LEVEL:-INFO}" --pidfile=
    ;;
manage)
    shift
    exec python manage.py "$@"
    ;;
*)
    exec "$@"
    ;;
esac
