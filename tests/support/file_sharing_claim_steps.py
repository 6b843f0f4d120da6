"""Random steps on share links, with strangers who claim in between."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tablewright.data_access.errors import LinkUnavailable
from tests.support.file_sharing_machine import HOUR, LINKS, MOMENTS, PICKS, TROUBLES, Base
from tests.support.file_sharing_model import ALink
from tests.support.file_sharing_stored import Stored

CLAIMS = st.sampled_from(["c1", "c2", "c3"])


class Claiming(Base):
    """Steps on share links."""

    @rule(
        pick=PICKS,
        link_id=LINKS,
        most=st.sampled_from([None, 1, 2]),
        hours=st.integers(1, 3),
        troubles=TROUBLES,
    )
    def share(self, pick, link_id, most, hours, troubles):
        user_id, file_id = self.a_file(pick)
        now = self.now()
        if any(link == link_id for link, _ in self.expected.claims) and (
            link_id not in self.expected.links
        ):
            return  # a link's id is random, so that no other ever has it
        expires_at = (now + hours * HOUR).replace(microsecond=0)
        link = ALink(file_id, expires_at, most)
        refusal = self.expected.create_link(user_id, file_id, link_id, link, now)
        given = {"link_id": link_id, "expires_at": expires_at, "max_downloads": most}

        def call(**repeat_with):
            return self.links.create_share_link(user_id, file_id, **{**given, **repeat_with})

        self.agree(refusal, self.called(troubles, call))

    @rule(pick=PICKS, claim=CLAIMS, exact=st.booleans(), troubles=TROUBLES)
    def claim(self, pick, claim, exact, troubles):
        link_id = self.a_link(pick)
        refusal = self.expected.claim(link_id, claim, self.now(), exact=exact)

        def call(claim_id=claim):
            return self.links.increment_download_count(link_id, claim_id, exact=exact)

        result = self.called(troubles, call)
        self.agree(LinkUnavailable if refusal else None, result)
        assert refusal == getattr(result, "reason", None)

    @rule(pick=PICKS, claim=CLAIMS, exact=st.booleans(), moment=MOMENTS)
    def claim_while_a_stranger_does(self, pick, claim, exact, moment):
        """Another's claim comes before the repeat: an exact one counts once all the same."""
        link_id = self.a_link(pick)
        self.now()

        def call(claim_id=claim):
            return self.links.increment_download_count(link_id, claim_id, exact=exact)

        def stranger():
            self.called([], lambda: call(f"stranger-{next(self.steps)}"))

        before = Stored(self.backend, self.names)
        result = self.called([moment], call, stranger)
        after = Stored(self.backend, self.names)
        if link_id not in self.expected.links:
            assert result.reason == "missing"
            return
        link = self.expected.links[link_id]
        stored = after.links()[link_id]
        more, claimed = stored.count - link.count, after.claims().items() - before.claims().items()
        granted = not isinstance(result, Exception) or result.reason == "file_gone"
        if exact:
            assert more == len(claimed)
            assert (link_id, claim) in after.claims() or not granted
        assert more <= 2 + (not exact)
        link.count, link.last = stored.count, stored.last
        self.expected.claims |= dict(claimed)

    @rule(pick=PICKS, troubles=TROUBLES)
    def deactivate(self, pick, troubles):
        link_id = self.a_link(pick)
        refusal = self.expected.deactivate(link_id, self.now())

        def call(**repeat_with):
            return self.links.deactivate_share_link(link_id, **repeat_with)

        self.agree(refusal, self.called(troubles, call))

    @rule(pick=PICKS, troubles=TROUBLES)
    def delete_link(self, pick, troubles):
        link_id = self.a_link(pick)
        self.expected.links.pop(link_id, None)
        result = self.called(troubles, lambda **_: self.links.delete_share_link(link_id))
        assert result is None

    @rule(hours=st.integers(1, 2))
    def wait(self, hours):
        self.clock.sleep(hours * 3600)
