"""Publishing to S3, with moto's real server: what is sent, in which order, and what a failure leaves."""

import logging
import threading

import boto3
import pytest
from moto.server import DomainDispatcherApplication, create_backend_app
from publishing import website, without_own
from werkzeug.serving import make_server

from policing_summary.model.publishing import S3Target
from policing_summary.publishing.faults import PublishError, RefusedError
from policing_summary.publishing.s3 import S3

OLD, NEW = website("old"), website("new", style="22")
SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYCANARY"


class Storage:
    """A server that speaks like S3, notes what is asked of it, and fails when it is told to."""

    def __init__(self):
        self.application = DomainDispatcherApplication(create_backend_app)
        self.asked = []
        self.fail_after = None
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if "HTTP_X_AMZ_COPY_SOURCE" in environ:
            method = "COPY"
        if method in ("PUT", "COPY", "POST") and self.fail_after is not None:
            if self.fail_after == 0:
                start_response("503 Service Unavailable", [("Content-Type", "application/xml")])
                return [
                    b"<Error><Code>SlowDown</Code><Message>signed with "
                    + environ.get("HTTP_AUTHORIZATION", "").encode()
                    + b"</Message></Error>"
                ]
            self.fail_after -= 1
        self.asked.append((method, path))
        return self.application(environ, start_response)

    def taken(self):
        """What was asked since the last time."""
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture(scope="module")
def server():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    storage = Storage()
    yield storage
    storage.server.shutdown()
    storage.server.server_close()


@pytest.fixture
def storage(server, monkeypatch, request):
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7CANARY",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)
    server.fail_after = None
    server.client = boto3.client("s3", endpoint_url=server.address, region_name="us-east-1")
    server.bucket = f"bucket-{abs(hash(request.node.name))}"
    server.client.create_bucket(Bucket=server.bucket)
    server.taken()
    yield server
    server.client.close()


@pytest.fixture
def host(storage):
    return opened(storage)


def opened(storage, prefix="", keep=2):
    target = S3Target(
        bucket=storage.bucket, prefix=prefix, endpoint=storage.address, region="us-east-1"
    )
    return S3(target, keep)


def objects(storage, prefix=""):
    listed = storage.client.list_objects_v2(Bucket=storage.bucket, Prefix=prefix)
    return {
        each["Key"].removeprefix(prefix): storage.client.get_object(
            Bucket=storage.bucket, Key=each["Key"]
        )["Body"].read()
        for each in listed.get("Contents", ())
    }


def sent(storage):
    """The site's own objects that were written or deleted, in order, as the server saw them."""
    start = f"/{storage.bucket}/"
    return [
        (method, path.removeprefix(start))
        for method, path in storage.taken()
        if method not in ("GET", "HEAD") and "/.publications/" not in path
    ]


def test_readers_find_the_website_and_then_the_next(host, site, storage):
    site.publish(host, OLD)
    assert without_own(objects(storage)) == OLD
    site.publish(host, NEW)
    kept = {"assets/site.11.css": OLD["assets/site.11.css"]}
    assert without_own(objects(storage)) == NEW | kept


def test_what_pages_refer_to_comes_first_then_pages_and_deletions_last(host, site, storage):
    site.publish(host, OLD | {"gone/index.html": b"gone", "gone/leaflet.pdf": b"gone"})
    storage.taken()
    site.publish(host, NEW)
    assert sent(storage) == [
        ("PUT", "assets/site.22.css"),
        ("PUT", "data/figures.csv"),
        ("PUT", "feed.xml"),
        ("PUT", "2009-10/havering/index.html"),
        ("PUT", "index.html"),
        ("PUT", "manifest.sha256"),
        ("POST", f"/{storage.bucket}"),  # deletes both files of the page that is gone
        ("POST", f"/{storage.bucket}"),  # deletes the note that this is under way
    ]
    assert "gone/index.html" not in objects(storage)


def test_only_what_has_changed_is_sent(host, site, storage):
    site.publish(host, OLD)
    storage.taken()
    changed = OLD | {"feed.xml": b"<feed>newer</feed>"}
    site.publish(host, changed)
    assert [path for method, path in sent(storage) if method == "PUT"] == ["feed.xml"]


def test_a_prefix_is_a_folder_and_other_folders_are_not_looked_at(storage, site):
    storage.client.put_object(Bucket=storage.bucket, Key="other/index.html", Body=b"theirs")
    host = opened(storage, "police/2010/")
    site.publish(host, OLD)
    assert without_own(objects(storage, "police/2010/")) == OLD
    assert objects(storage, "other/") == {"index.html": b"theirs"}


def test_browsers_are_told_what_each_file_is_and_how_long_it_may_be_kept(host, site, storage):
    site.publish(host, OLD)

    def head(path):
        found = storage.client.head_object(Bucket=storage.bucket, Key=path)
        return found["ContentType"], found["CacheControl"]

    forever, minutes = "public, max-age=31536000, immutable", "public, max-age=300, must-revalidate"
    assert head("index.html") == ("text/html; charset=utf-8", minutes)
    assert head("assets/site.11.css") == ("text/css; charset=utf-8", forever)
    assert head("data/figures.csv") == ("text/csv; charset=utf-8", minutes)
    assert head("_headers") == ("application/octet-stream", minutes)


@pytest.mark.parametrize("after", [0, 4, 7, 11, 13])
def test_a_failure_in_the_middle_shows_no_page_without_its_files_and_the_next_run_goes_on(
    host, site, storage, after
):
    site.publish(host, OLD)
    storage.fail_after = after
    with pytest.raises(PublishError):
        site.publish(host, NEW)
    storage.fail_after = None
    there = without_own(objects(storage))
    for path, data in there.items():
        assert data in (OLD.get(path), NEW.get(path))
        if path.endswith(".html"):
            style = data.decode().partition('href="')[2].partition('"')[0]
            assert style in there
    assert set(OLD) <= set(there)
    storage.taken()
    site.publish(opened(storage), NEW)
    assert NEW.items() <= objects(storage).items()
    assert ".publications/pending.json" not in objects(storage)
    written = [path for method, path in sent(storage) if method == "PUT"]
    assert len(written) == len(set(written))
    opened(storage).back()
    assert OLD.items() <= objects(storage).items()


def test_what_had_arrived_is_not_sent_again(host, site, storage):
    site.publish(host, OLD)
    storage.fail_after = 4
    with pytest.raises(PublishError):
        site.publish(host, NEW)
    storage.fail_after = None
    assert "assets/site.22.css" in objects(storage)
    storage.taken()
    site.publish(opened(storage), NEW)
    assert "assets/site.22.css" not in [path for _, path in sent(storage)]


def test_one_goes_back_step_by_step_without_sending_anything(host, site, storage):
    for word in ("first", "second", "third"):
        site.publish(host, website(word))
    storage.taken()
    assert [host.back().number, host.back().number] == [2, 1]
    assert website("first").items() <= objects(storage).items()
    assert "PUT" not in {method for method, _ in sent(storage)}
    with pytest.raises(RefusedError, match="nothing before publication 1"):
        host.back()
    new, _ = site.publish(host, website("fourth"))
    assert (new.number, new.before) == (4, 1)


def test_no_more_is_kept_than_can_be_gone_back_to(host, site, storage):
    for number in range(6):
        site.publish(host, website(str(number), style=str(number)))
    own = [path for path in objects(storage) if path.startswith(".publications/0")]
    assert own == [f".publications/000{number}.json" for number in (4, 5, 6)]
    assert host.back().number == 5
    assert host.back().number == 4


def test_a_bucket_with_other_files_is_refused_and_stays(host, site, storage):
    storage.client.put_object(Bucket=storage.bucket, Key="accounts.xls", Body=b"mine")
    with pytest.raises(RefusedError, match=r"did not put there: accounts\.xls"):
        site.publish(host, OLD)
    assert objects(storage) == {"accounts.xls": b"mine"}


def test_a_change_by_hand_is_noticed_and_mended(host, site, storage):
    site.publish(host, OLD)
    storage.client.put_object(Bucket=storage.bucket, Key="index.html", Body=b"by hand")
    shown = host.former()
    assert not host.is_whole(site.folder, shown)
    site.publish(host, OLD)
    assert host.is_whole(site.folder, host.former())
    assert without_own(objects(storage)) == OLD


FAILURES = {
    "no such bucket": ("no-such-bucket", {}),
    "nobody there": (None, {"endpoint": "http://127.0.0.1:9"}),
    "no keys": (None, {"profile": "nobody"}),
}


@pytest.mark.parametrize(("bucket", "other"), FAILURES.values(), ids=FAILURES)
def test_a_storage_that_does_not_answer_is_one_sentence_without_secrets(
    storage, site, bucket, other
):
    settings = {"endpoint": storage.address, "region": "us-east-1"} | other
    target = S3Target(bucket=bucket or storage.bucket, **settings)
    with pytest.raises(PublishError) as told:
        site.publish(S3(target, 2), OLD)
    assert "answered:" in str(told.value)
    assert SECRET not in str(told.value)


def test_no_secret_is_told_when_the_storage_repeats_it(host, site, storage):
    site.publish(host, OLD)
    storage.fail_after = 0
    with pytest.raises(PublishError) as told:
        site.publish(host, NEW)
    assert "SlowDown" in str(told.value)
    for canary in (SECRET, "AKIAIOSFODNN7CANARY"):
        assert canary not in str(told.value)
