from tests.signoff.conftest import Bench, bench, signing_template

__all__ = ["Bench", "bench", "signing_template"]
