from hypothesis import settings

# A busy machine is no failure: no test here is about time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
