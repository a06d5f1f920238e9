"""`python app.py doctor`: looks at a tenant and at our own settings, changes nothing, and says what to mend.

One small function a check, its words beside the code (`bg/`, `en/`), the list of checks in `checks.py`.
"""
