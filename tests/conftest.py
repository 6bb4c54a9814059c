"""What all tests share: the profile under which mutants are judged, the same examples each time."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "mutants",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # a mutant is dead at its first failure, however long
    suppress_health_check=(HealthCheck.too_slow,),
)
