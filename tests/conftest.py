"""What holds for all tests."""

from hypothesis import settings

# No test is timed: on a busy machine an example of a millisecond takes half a second now and then.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
