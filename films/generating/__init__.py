"""A large believable site made by rule, for benchmarks and demonstrations, and its removal."""

from films.generating.site import GeneratedBefore, RealContent, generate, is_generated, remove

__all__ = ["GeneratedBefore", "RealContent", "generate", "is_generated", "remove"]
