"""The parts around the client: endpoints and keys, pacing, prices, budget, mending of JSON."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import BudgetReached, KeyRefused, UnknownEngine, UnknownPrice, UsageProblem
from summarizer.llm.budget import Budget
from summarizer.llm.mending import BrokenOffError, NoObjectError, json_object
from summarizer.llm.model import Ask, ReplySchema, Usage
from summarizer.llm.pacing import Pace
from summarizer.llm.prices import Price, parse_price, price_of
from summarizer.llm.spec import parse_model
from summarizer.prompts import Message, Rendered

OBJECTS = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def ask(chars: int = 400) -> Ask:
    rendered = Rendered("test.v1", "0" * 64, (Message("system", "R" * 4000), Message("user", "x" * chars)))
    return Ask("extract", "story", "1" * 64, rendered, ReplySchema.of("R", {"type": "object"}))


class TestEndpoints:
    """`--model` and `--base-url`."""

    @pytest.mark.parametrize(
        ("spec", "base_url", "environment", "address", "model", "key"),
        [
            ("openai/gpt-5", None, {"OPENAI_API_KEY": "k"}, "https://api.openai.com/v1", "gpt-5", "k"),
            ("ollama/qwen3:8b", None, {}, "http://127.0.0.1:11434/v1", "qwen3:8b", "none"),
            ("ollama/q", None, {"OLLAMA_HOST": "gpu:1234"}, "http://gpu:1234/v1", "q", "none"),
            (
                "azure/news",
                None,
                {"AZURE_OPENAI_ENDPOINT": "https://x.azure.com/", "AZURE_OPENAI_API_KEY": "k"},
                "https://x.azure.com",
                "news",
                "k",
            ),
            ("a/b", "http://host:8000/v1/", {"SUMMARIZER_API_KEY": "k"}, "http://host:8000/v1", "a/b", "k"),
            ("m", "http://[::1]:8000/v1", {}, "http://[::1]:8000/v1", "m", "none"),
        ],
    )
    def test_a_model_is_found_by_its_name(self, spec, base_url, environment, address, model, key):
        """One option for all servers that speak the protocol."""
        endpoint = parse_model(spec, environment, base_url)
        assert (endpoint.base_url, endpoint.model, endpoint.key) == (address, model, key)

    def test_the_key_of_openai_does_not_travel_to_another_server(self):
        """A typo in an address must not hand the key to whoever listens there."""
        environment = {"OPENAI_API_KEY": "secret"}
        assert parse_model("m", environment, "http://example.org/v1").key == "none"
        assert parse_model("openai/m", environment, "https://api.openai.com/v1").key == "secret"

    def test_secrets_in_an_address_are_dropped(self):
        """Addresses stand in ledgers and messages."""
        endpoint = parse_model("m", {}, "http://user:secret@host:80/v1?key=secret")
        assert endpoint.base_url == "http://host:80/v1"

    def test_a_missing_key_names_its_variable(self):
        """The way out is one line in a shell."""
        with pytest.raises(KeyRefused, match="OPENAI_API_KEY"):
            parse_model("openai/gpt-5", {})

    @pytest.mark.parametrize("spec", ["gpt-5", "openai/", "other/model", ""])
    def test_an_unknown_model_says_what_would_be_known(self, spec):
        """Guessing a provider would send the article somewhere unasked."""
        with pytest.raises(UnknownEngine, match="--base-url"):
            parse_model(spec, {"OPENAI_API_KEY": "k"})

    @pytest.mark.parametrize("address", ["host:8000", "ftp://host", "http://"])
    def test_an_address_needs_a_scheme_and_a_host(self, address):
        """An error here is clearer than one of the HTTP library."""
        with pytest.raises(UnknownEngine, match="http"):
            parse_model("m", {}, address)


class TestPace:
    """Rate limits, on a clock of our own."""

    @staticmethod
    def admitted(pace: Pace, count: int, tokens: int = 0) -> float:
        async def run() -> float:
            started = time.monotonic()
            for _ in range(count):
                await pace.admit(tokens)
            return time.monotonic() - started

        return asyncio.run(run())

    def test_without_limits_nobody_waits(self):
        """A local server has none."""
        assert self.admitted(Pace(), 500) < 0.2

    def test_requests_a_minute_are_kept_to_after_a_short_burst(self):
        """600 a minute are ten a second; six seconds' worth may start at once."""
        assert self.admitted(Pace(requests_per_minute=600), 60) < 0.2
        assert 0.3 <= self.admitted(Pace(requests_per_minute=600), 65) < 1.0

    def test_tokens_a_minute_are_kept_to(self):
        """Long articles use up a token limit long before the request limit."""
        assert 0.2 <= self.admitted(Pace(tokens_per_minute=600_000), 33, tokens=2_000) < 1.5

    def test_a_refusal_stops_everybody_and_slows_down(self):
        """After a 429 the old speed would only earn the next one."""
        now = [1000.0]
        pace = Pace(clock=lambda: now[0])
        asyncio.run(self._start(pace, 100))
        now[0] += 10
        pace.refused(5.0)
        assert pace._delay() == pytest.approx(5.0)
        limit = pace.requests_per_minute
        assert limit is not None
        assert limit == pytest.approx(0.7 * 600)
        pace.refused(5.0)
        assert pace.requests_per_minute == limit  # the same refusal, met by another call
        now[0] += 5
        pace.succeeded({})
        assert pace.requests_per_minute > limit

    def test_an_endpoint_that_tells_its_limits_is_believed(self):
        """OpenAI sends them with every reply; nobody has to configure them."""
        pace = Pace()
        pace.succeeded({"x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "200000"})
        assert pace.requests_per_minute == 500
        pace.succeeded({"x-ratelimit-limit-requests": "junk"})
        assert pace.requests_per_minute == 500

    def test_the_lowest_limit_that_was_told_holds(self):
        """Workers of one run may have keys of several accounts; which of them asks next nobody knows."""
        pace = Pace()
        for limit in ("500", "60", "900"):
            pace.succeeded({"x-ratelimit-limit-requests": limit})
        assert pace.requests_per_minute == 60

    def test_no_minute_has_more_requests_than_the_limit(self):
        """A limit that is learned late counts what was started before, and a burst is no extra."""
        now = [1000.0]
        pace = Pace(clock=lambda: now[0])
        asyncio.run(self._start(pace, 40))
        pace.succeeded({"x-ratelimit-limit-requests": "60"})
        for _ in range(120):
            if pace._delay() <= 0:
                asyncio.run(self._start(pace, 1))
            else:
                now[0] += pace._delay()
            started = [at for at in pace._started if at > now[0] - 60]
            assert len(started) <= 60

    def test_a_configured_limit_is_not_overruled(self):
        """Who shares an account knows better than the endpoint."""
        pace = Pace(requests_per_minute=10)
        pace.succeeded({"x-ratelimit-limit-requests": "500"})
        pace.refused(0.0)
        assert pace.requests_per_minute == 10

    @staticmethod
    async def _start(pace: Pace, count: int) -> None:
        for _ in range(count):
            await pace.admit(0)


class TestMoney:
    """Prices and the budget."""

    def test_a_snapshot_costs_what_its_family_costs(self):
        """The dated name is what a careful user pins."""
        endpoint = parse_model("openai/gpt-5-mini-2025-08-07", {"OPENAI_API_KEY": "k"})
        price = price_of(endpoint)
        assert price
        assert price.of(Usage(input=1_000_000, cached=400_000, output=1_000_000)) == pytest.approx(
            0.6 * 0.25 + 0.4 * 0.025 + 2.0
        )
        assert "2026" in price.basis

    def test_a_model_that_nobody_knows_has_no_price(self):
        """Zero would be a lie in the ledger."""
        assert price_of(parse_model("openai/gpt-99", {"OPENAI_API_KEY": "k"})) is None
        assert price_of(parse_model("gpt-5", {}, "https://elsewhere.example/v1")) is None

    def test_a_server_on_this_machine_costs_nothing(self):
        """So a budget never stops a local run."""
        price = price_of(parse_model("m", {}, "http://127.0.0.1:1/v1"))
        assert price
        assert price.of(Usage(input=10**9, output=10**9)) == 0

    @pytest.mark.parametrize(("text", "price"), [("1,0.5,2", (1, 0.5, 2)), ("1,2", (1, 1, 2))])
    def test_a_price_can_be_given(self, text, price):
        """For endpoints that no table knows."""
        made = parse_price(text)
        assert (made.input, made.cached, made.output) == price

    @pytest.mark.parametrize("text", ["", "1", "a,b", "1,2,3,4", "-1,2", "nan,1", "inf,1"])
    def test_a_price_that_is_none_is_refused(self, text):
        """A budget over a wrong price is no budget."""
        with pytest.raises(UsageProblem):
            parse_price(text)

    def test_a_budget_without_a_price_is_refused_before_anything_is_asked(self):
        """Half-kept promises about money are worse than none."""
        with pytest.raises(UnknownPrice, match="--price"):
            Budget(0.5, None, "m")

    def test_the_call_that_would_pass_the_budget_is_not_made(self):
        """The point of a budget is the call before it is passed, not after."""
        price = Price(1000.0, 1000.0, 0.0, "test")  # 1101 tokens of prompt: about 1.10 USD a call

        async def run() -> int:
            budget, calls = Budget(5.0, price, "m"), 0
            while budget.spent_usd + budget.expected_usd(ask()) <= 5.0:
                ticket = await budget.reserve(ask())
                calls += 1
                await budget.settle(ticket, ask(), Usage(input=1101, output=10))
            with pytest.raises(BudgetReached, match="story"):
                await budget.reserve(ask())
            assert budget.spent_usd <= 5.0
            return calls

        assert asyncio.run(run()) == 4

    def test_calls_under_way_are_waited_for_before_the_run_is_stopped(self):
        """They may turn out cheaper than feared, and then there is money for one more."""
        price = Price(1000.0, 1000.0, 0.0, "test")

        async def run() -> None:
            budget = Budget(1.2, price, "m")
            first = await budget.reserve(ask())
            second = asyncio.create_task(budget.reserve(ask()))
            await asyncio.sleep(0.01)
            assert not second.done()
            await budget.settle(first, ask(), None)
            await second

        asyncio.run(run())

    def test_what_calls_really_cost_corrects_the_estimate(self):
        """Reasoning models write ten times what the first guess expects."""

        async def run() -> None:
            budget = Budget(None, Price(0.0, 0.0, 1.0, "test"), "m")
            before = budget.expected_usd(ask())
            await budget.settle(await budget.reserve(ask()), ask(), Usage(output=100_000))
            assert budget.expected_usd(ask()) > 20 * before

        asyncio.run(run())


class TestMending:
    """The JSON object inside a reply."""

    @given(OBJECTS)
    def test_clean_json_is_read_as_it_is(self, document):
        """Mending must never touch a reply that needs none."""
        assert json_object(json.dumps(document)) == (document, False)

    @given(OBJECTS, st.sampled_from(["Sure! ", "```json\n", "<think>{a}</think>", "\ufeff", "Reply:\n\n"]))
    def test_what_stands_around_the_object_is_left_out(self, document, before):
        """Fences, prose and reasoning are the commonest faults."""
        after = "\n```\nDone." if before.startswith("```") else "\nThat is all."
        assert json_object(before + json.dumps(document, ensure_ascii=False) + after) == (document, True)

    @pytest.mark.parametrize(
        ("text", "document"),
        [
            ('{"a": 1,}', {"a": 1}),
            ('{"a": [1, 2,],}', {"a": [1, 2]}),
            ("{'a': 'it''s'}", None),
            ("{'a': 'b'}", {"a": "b"}),
            ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
            ('{"a": "he said "go" and went", "b": 1}', {"a": 'he said "go" and went', "b": 1}),
            ('{"a": 1} // done', {"a": 1}),
            ('[{"a": 1}]', {"a": 1}),
            ('{"a": "{brace}"} {"b": 2}', {"a": "{brace}"}),
        ],
    )
    def test_common_slips_are_mended(self, text, document):
        """Each of them would else cost a whole second reply."""
        found, _ = json_object(text)
        if document is not None:
            assert found == document

    @given(OBJECTS, st.data())
    def test_a_reply_that_breaks_off_is_never_closed_for_it(self, document, data):
        """Closing the brackets would silently lose every item after the break."""
        whole = json.dumps(document)
        cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
        with pytest.raises((BrokenOffError, NoObjectError)):
            json_object(cut)

    @pytest.mark.parametrize("text", ["", "I can't.", "null", "[]", "3", '"{}"', "{}"])
    def test_no_object_is_said_so(self, text):
        """An empty object would pass for an article in which nothing happens."""
        if text == "{}":
            assert json_object(text) == ({}, False)
            return
        with pytest.raises(NoObjectError):
            json_object(text)

    @pytest.mark.parametrize("text", ["<think>Let me see {", "{" * 5000, '{"a": ' + "[" * 3000])
    def test_what_never_ends_is_broken_off(self, text):
        """Reasoning that runs into the output limit leaves no object at all."""
        with pytest.raises(BrokenOffError):
            json_object(text)

    @pytest.mark.parametrize(
        "text", ["{" + '"a' * 30000, '"' * 60000 + "{", "```\n{" * 5000, "{" + " " * 90000]
    )
    def test_hostile_replies_take_no_longer(self, text):
        """A model can be made to write anything; a run must not hang on it."""
        started = time.perf_counter()
        with pytest.raises((BrokenOffError, NoObjectError)):
            json_object(text)
        assert time.perf_counter() - started < 2
