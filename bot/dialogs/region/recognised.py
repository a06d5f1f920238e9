"""The words the service is recognised by."""

from bot.router.recognised import Recognised

RECOGNISED = Recognised(
    rules={
        "by-schools": 5,
        "region-behind": 5.5,
    },
    titles={"region-table": "region.table", "region-back": ""},
)
